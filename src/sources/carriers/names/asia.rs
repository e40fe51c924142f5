//! Carriers of Asia and the Pacific.

use super::{Carrier, UNKNOWN};

pub static CARRIERS: &[Carrier] = &[
    Carrier {
        id: "australia_post",
        name: "Australia Post",
        aliases: &[
            "AusPost",
            "Aus Post",
            "eParcel",
            "MyPost Business",
            "australia_post_my_post_business",
            "australia_post_eparcel",
            "Express Post",
            "1151",
        ],
        tracking_link: Some("https://auspost.com.au/mypost/track/#/details/{number}"),
        phone: Some("+61 13 76 78"),
        ..UNKNOWN
    },
    Carrier {
        id: "startrack",
        name: "StarTrack",
        aliases: &[
            "Star Track",
            "star_track",
            "star-track",
            "star-track-express",
            "StarTrack Express",
            "Star Track Express",
            "startrack_express",
        ],
        tracking_link: Some("https://startrack.com.au/track/details/{number}"),
        phone: Some("+61 13 23 45"),
        ..UNKNOWN
    },
    Carrier {
        id: "sendle",
        name: "Sendle",
        aliases: &["sendle_us", "sendle_ca"],
        tracking_link: Some("https://track.sendle.com/tracking?ref={number}"),
        ..UNKNOWN
    },
    Carrier {
        id: "japan_post",
        name: "Japan Post",
        aliases: &[
            "Japan Post (JA)",
            "JP Post",
            "JPPost",
            "Yu-Pack",
            "Yu Pack",
            "日本郵便",
            "Nippon Post",
            "japan_post_ems",
            "10021",
        ],
        tracking_link: Some(
            "https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={number}&locale=en",
        ),
        phone: Some("0120-23-28-86"),
        home_zone: Some("Asia/Tokyo"),
    },
    Carrier {
        id: "yamato",
        name: "Yamato Transport",
        aliases: &[
            "Yamato",
            "Yamato (JA)",
            "Kuroneko Yamato",
            "TA-Q-BIN",
            "taqbin_jp",
            "taqbin-jp",
            "ヤマト運輸",
            "yamato_japan",
            "Kuroneko",
        ],
        tracking_link: Some("https://member.kms.kuronekoyamato.co.jp/parcel/detail?pno={number}"),
        phone: Some("0120-01-9625"),
        home_zone: Some("Asia/Tokyo"),
    },
    Carrier {
        id: "sagawa",
        name: "Sagawa Express",
        aliases: &["Sagawa", "Sagawa (JA)", "佐川急便", "sagawa_express", "sagawa-jp"],
        tracking_link: Some("https://k2k.sagawa-exp.co.jp/p/web/okurijosearch.do?okurijoNo={number}"),
        home_zone: Some("Asia/Tokyo"),
        ..UNKNOWN
    },
    Carrier {
        id: "sf_express",
        name: "SF Express",
        aliases: &[
            "SF",
            "S.F. Express",
            "SF International",
            "顺丰",
            "顺丰速运",
            "shunfeng",
            "sf-express-cn",
            "sfb2c",
            "sf_express_cn",
            "100012",
        ],
        tracking_link: Some(
            "https://www.sf-international.com/us/en/support/querySupport/waybill#search/bill-number/{number}",
        ),
        phone: Some("95338"),
        home_zone: Some("Asia/Shanghai"),
    },
    Carrier {
        id: "china_post",
        name: "China Post",
        aliases: &[
            "China EMS",
            "china_ems",
            "EMS China",
            "EMS",
            "ePacket",
            "China Post EMS",
            "中国邮政",
            "chinapost",
            "3011",
            "3013",
        ],
        tracking_link: Some("https://www.17track.net/en/track?nums={number}&fc=3011"),
        phone: Some("11183"),
        home_zone: Some("Asia/Shanghai"),
    },
    Carrier {
        id: "yanwen",
        name: "Yanwen",
        aliases: &["Yanwen Logistics", "Yan Wen", "yw", "yanwen_express", "燕文", "190012"],
        tracking_link: Some("https://track.yw56.com.cn/en/querydel?nums={number}"),
        home_zone: Some("Asia/Shanghai"),
        ..UNKNOWN
    },
    Carrier {
        id: "yunexpress",
        name: "YunExpress",
        aliases: &["Yun Express", "yun_express", "云途", "190008"],
        tracking_link: Some("https://www.yuntrack.com/parcelTracking?id={number}"),
        home_zone: Some("Asia/Shanghai"),
        ..UNKNOWN
    },
    Carrier {
        id: "cainiao",
        name: "Cainiao",
        aliases: &["AliExpress Standard Shipping", "Cainiao Network", "菜鸟", "cainiao_global", "190271"],
        tracking_link: Some("https://global.cainiao.com/newDetail.htm?mailNoList={number}"),
        home_zone: Some("Asia/Shanghai"),
        ..UNKNOWN
    },
    Carrier {
        id: "4px",
        name: "4PX",
        aliases: &["fourpx", "4PX Express", "4PX Worldwide Express", "190094"],
        tracking_link: Some("https://track.4px.com/#/result/0/{number}"),
        home_zone: Some("Asia/Shanghai"),
        ..UNKNOWN
    },
    Carrier {
        id: "blue_dart",
        name: "Blue Dart",
        aliases: &["bluedart", "BlueDart Express", "Blue Dart Express"],
        tracking_link: Some("https://www.bluedart.com/trackdartresultthirdparty?trackFor=0&trackNo={number}"),
        phone: Some("+91 1860 233 1234"),
        home_zone: Some("Asia/Kolkata"),
    },
    Carrier {
        id: "delhivery",
        name: "Delhivery",
        aliases: &["delhivery_express", "Delhivery Surface"],
        tracking_link: Some("https://www.delhivery.com/track-v2/package/{number}"),
        home_zone: Some("Asia/Kolkata"),
        ..UNKNOWN
    },
];
