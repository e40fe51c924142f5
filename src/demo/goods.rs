//! What the two shops sell.

pub struct Product {
    pub sku: &'static str,
    pub title: &'static str,
    pub variant: &'static str,
    /// Minor units of the shop's currency, each.
    pub price: i64,
}

const fn product(sku: &'static str, title: &'static str, variant: &'static str, price: i64) -> Product {
    Product { sku, title, variant, price }
}

// Meadow: house and garden, in euros.
pub static THROW: Product = product("MD-LIN-014", "Washed linen throw", "Oatmeal, 130 × 170 cm", 7_900);
pub static WATERING_CAN: Product = product("MD-GAR-003", "Galvanised watering can", "5 litres", 3_450);
pub static PLANTER: Product = product("MD-GAR-021", "Terracotta planter", "Ø 28 cm", 2_990);
pub static LAMP: Product = product("MD-LGT-007", "Paper pendant lamp", "Ø 45 cm", 8_900);
pub static VASE: Product = product("MD-CER-011", "Stoneware vase", "Moss green", 4_200);
pub static MUGS: Product = product("MD-CER-002", "Set of four stoneware mugs", "Cream", 4_800);
pub static SECATEURS: Product = product("MD-GAR-030", "Bypass secateurs", "Ash handle", 3_900);
pub static BULBS: Product = product("MD-SEE-101", "Heirloom tulip bulbs", "Bag of 40", 2_450);
pub static CUSHION: Product = product("MD-LIN-020", "Corduroy cushion cover", "Rust, 50 × 50 cm", 2_800);
pub static TABLECLOTH: Product = product("MD-LIN-009", "Linen tablecloth", "Sage, 140 × 250 cm", 8_400);
pub static BIRD_FEEDER: Product = product("MD-GAR-044", "Larch bird feeder", "", 3_200);
pub static DOORMAT: Product = product("MD-HOM-005", "Coir doormat", "60 × 40 cm", 2_400);
pub static CANDLES: Product = product("MD-HOM-012", "Beeswax candles", "Set of six", 2_700);
pub static BASKET: Product = product("MD-HOM-018", "Willow log basket", "Large", 6_900);
pub static STOOL: Product = product("MD-FUR-001", "Oak step stool", "Oiled", 12_900);
pub static HERB_KIT: Product = product("MD-SEE-007", "Kitchen herb kit", "Basil, thyme, chives", 2_900);

// Volt: electronics, in dollars.
pub static HEADPHONES: Product = product("VT-AUD-770", "Over-ear noise-cancelling headphones", "Graphite", 24_900);
pub static SPEAKER: Product = product("VT-AUD-210", "Portable speaker", "Signal orange", 12_900);
pub static KEYBOARD: Product = product("VT-KEY-087", "Mechanical keyboard, 87 keys", "Brown switches, US", 14_900);
pub static MOUSE: Product = product("VT-MOU-012", "Wireless mouse", "Black", 5_900);
pub static MONITOR: Product = product("VT-DIS-274", "27-inch 4K monitor", "USB-C, 90 W", 44_900);
pub static MONITOR_ARM: Product = product("VT-DIS-901", "Monitor arm", "Single", 8_900);
pub static CHARGER: Product = product("VT-PWR-100", "100 W USB-C charger", "Four ports", 6_900);
pub static POWER_BANK: Product = product("VT-PWR-020", "Power bank, 20,000 mAh", "Slate", 7_900);
pub static CABLE: Product = product("VT-CAB-240", "USB-C cable, 240 W", "2 m, braided", 2_400);
pub static WEBCAM: Product = product("VT-CAM-004", "4K webcam", "", 11_900);
pub static DOCK: Product = product("VT-DOC-011", "Thunderbolt dock", "11 ports", 22_900);
pub static SSD: Product = product("VT-SSD-002", "Portable SSD", "2 TB", 17_900);
pub static ROUTER: Product = product("VT-NET-007", "Wi-Fi 7 router", "", 29_900);
pub static TABLET: Product = product("VT-TAB-011", "11-inch tablet", "256 GB, silver", 59_900);
pub static EARBUDS: Product = product("VT-AUD-105", "True wireless earbuds", "White", 9_900);

pub static MEADOW: [&Product; 16] = [
    &THROW,
    &WATERING_CAN,
    &PLANTER,
    &LAMP,
    &VASE,
    &MUGS,
    &SECATEURS,
    &BULBS,
    &CUSHION,
    &TABLECLOTH,
    &BIRD_FEEDER,
    &DOORMAT,
    &CANDLES,
    &BASKET,
    &STOOL,
    &HERB_KIT,
];
pub static VOLT: [&Product; 15] = [
    &HEADPHONES,
    &SPEAKER,
    &KEYBOARD,
    &MOUSE,
    &MONITOR,
    &MONITOR_ARM,
    &CHARGER,
    &POWER_BANK,
    &CABLE,
    &WEBCAM,
    &DOCK,
    &SSD,
    &ROUTER,
    &TABLET,
    &EARBUDS,
];
