//! Who shops in the demo. All of them are made up: mail at example.com, phones from the ranges set aside for fiction.

pub struct Person {
    pub name: &'static str,
    pub email: &'static str,
    /// E.164.
    pub phone: &'static str,
    pub locale: &'static str,
    pub street: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    pub region: &'static str,
    pub country: &'static str,
}

type Reach = (&'static str, &'static str, &'static str);
type Home = (&'static str, &'static str, &'static str, &'static str, &'static str);

const fn person(name: &'static str, (email, phone, locale): Reach, home: Home) -> Person {
    let (street, postal_code, city, region, country) = home;
    Person { name, email, phone, locale, street, postal_code, city, region, country }
}

pub static CLARA: Person = person(
    "Clara Hoffmann",
    ("clara.hoffmann@example.com", "+494066969201", "en-DE"),
    ("Lange Reihe 41", "20099", "Hamburg", "", "DE"),
);
pub static THOMAS: Person = person(
    "Thomas Keller",
    ("thomas.keller@example.com", "+498999998317", "de-DE"),
    ("Rosenheimer Straße 112", "81669", "München", "", "DE"),
);
pub static MAYA: Person = person(
    "Maya Brooks",
    ("maya.brooks@example.com", "+442079460142", "en-GB"),
    ("18 Chatsworth Road", "E5 0LS", "London", "", "GB"),
);
pub static JONAS: Person = person(
    "Jonas Albrecht",
    ("jonas.albrecht@example.com", "+492214710455", "de-DE"),
    ("Venloer Straße 230", "50823", "Köln", "", "DE"),
);
pub static SOFIA: Person = person(
    "Sofia Lindqvist",
    ("sofia.lindqvist@example.com", "+46701740633", "sv-SE"),
    ("Hornsgatan 78", "118 21", "Stockholm", "", "SE"),
);
pub static EMILY: Person = person(
    "Emily Carter",
    ("emily.carter@example.com", "+12125550143", "en-US"),
    ("245 West 107th Street, Apt 6C", "10025", "New York", "NY", "US"),
);
pub static LENA: Person = person(
    "Lena Vogt",
    ("lena.vogt@example.com", "+493023125612", "de-DE"),
    ("Karl-Heine-Straße 59", "04229", "Leipzig", "", "DE"),
);
pub static OLIVER: Person = person(
    "Oliver Bennett",
    ("oliver.bennett@example.com", "+441614960287", "en-GB"),
    ("7 Beech Road", "M21 8BQ", "Manchester", "", "GB"),
);
pub static CAMILLE: Person = person(
    "Camille Laurent",
    ("camille.laurent@example.com", "+33465710417", "fr-FR"),
    ("22 rue Sainte-Catherine", "69001", "Lyon", "", "FR"),
);
pub static FELIX: Person = person(
    "Felix Baumann",
    ("felix.baumann@example.com", "+4917604069018", "de-DE"),
    ("Berger Straße 175", "60385", "Frankfurt am Main", "", "DE"),
);
pub static RUBEN: Person = person(
    "Ruben de Vries",
    ("ruben.devries@example.com", "+493023125790", "nl-NL"),
    ("Oudegracht 214", "3511 NR", "Utrecht", "", "NL"),
);
pub static ANKE: Person = person(
    "Anke Petersen",
    ("anke.petersen@example.com", "+494066969578", "de-DE"),
    ("Holtenauer Straße 88", "24105", "Kiel", "", "DE"),
);
pub static MATTHIAS: Person = person(
    "Matthias Gruber",
    ("matthias.gruber@example.com", "+498999998604", "de-AT"),
    ("Neubaugasse 36", "1070", "Wien", "", "AT"),
);
pub static NINA: Person = person(
    "Nina Zürcher",
    ("nina.zuercher@example.com", "+493023125344", "de-CH"),
    ("Badenerstrasse 310", "8004", "Zürich", "", "CH"),
);
pub static HARRIET: Person = person(
    "Harriet Cole",
    ("harriet.cole@example.com", "+441314960731", "en-GB"),
    ("52 Leith Walk", "EH6 5HB", "Edinburgh", "", "GB"),
);
pub static CLAIRE: Person = person(
    "Claire Dubois",
    ("claire.dubois@example.com", "+33199002958", "fr-FR"),
    ("14 rue des Martyrs", "75009", "Paris", "", "FR"),
);

pub static MARCUS: Person = person(
    "Marcus Reed",
    ("marcus.reed@example.com", "+15125550118", "en-US"),
    ("1904 East 7th Street", "78702", "Austin", "TX", "US"),
);
pub static DANA: Person = person(
    "Dana Whitfield",
    ("dana.whitfield@example.com", "+13035550164", "en-US"),
    ("3120 Wyandot Street", "80211", "Denver", "CO", "US"),
);
pub static PRIYA: Person = person(
    "Priya Raman",
    ("priya.raman@example.com", "+12065550127", "en-US"),
    ("615 Bellevue Avenue East", "98102", "Seattle", "WA", "US"),
);
pub static LEO: Person = person(
    "Leo Martin",
    ("leo.martin@example.com", "+14165550139", "en-CA"),
    ("88 Roncesvalles Avenue", "M6R 2K8", "Toronto", "ON", "CA"),
);
pub static GRACE: Person = person(
    "Grace Okafor",
    ("grace.okafor@example.com", "+14045550172", "en-US"),
    ("742 Ponce de Leon Place NE", "30306", "Atlanta", "GA", "US"),
);
pub static BEN: Person = person(
    "Ben Sato",
    ("ben.sato@example.com", "+14155550186", "en-US"),
    ("1457 Irving Street", "94122", "San Francisco", "CA", "US"),
);
pub static HANNAH: Person = person(
    "Hannah Price",
    ("hannah.price@example.com", "+16175550155", "en-US"),
    ("29 Myrtle Street", "02114", "Boston", "MA", "US"),
);
pub static JACK: Person = person(
    "Jack Turner",
    ("jack.turner@example.com", "+61491570156", "en-AU"),
    ("63 Enmore Road", "2042", "Sydney", "NSW", "AU"),
);
pub static SEBASTIAN: Person = person(
    "Sebastian Koch",
    ("sebastian.koch@example.com", "+496990009745", "de-DE"),
    ("Schweizer Straße 61", "60594", "Frankfurt am Main", "", "DE"),
);
