//! Phone numbers: those that can be claimed, the country and the kind of one, and the instance or group that has it.

use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Engine, Members, Outcome};
use super::list::page_of;
use super::refusal::{Fault, Refusal};
use super::store::Record;

/// The operation on phone numbers that has code of its own.
pub(super) const OPERATIONS: [(&str, Behaviour); 1] = [("SearchAvailablePhoneNumbers", available)];

/// The steps that look up what a number belongs to.
pub(super) const STEPS: [(&str, Behaviour); 3] =
    [("ClaimPhoneNumber", claim), ("ImportPhoneNumber", import), ("UpdatePhoneNumber", update)];

/// The codes by which countries are called, as ITU-T E.164 assigns them. Of countries that share one, the first has it alone.
const CODES: &str = "US1 AF93 AL355 DZ213 AS1684 AD376 AO244 AI1264 AQ672 AG1268 AR54 AM374 AW297 AU61 AT43 AZ994 BS1242 BH973 \
    BD880 BB1246 BY375 BE32 BZ501 BJ229 BM1441 BT975 BO591 BA387 BW267 BR55 IO246 VG1284 BN673 BG359 BF226 BI257 KH855 CM237 \
    CA1 CV238 KY1345 CF236 TD235 CL56 CN86 CX61 CC61 CO57 KM269 CK682 CR506 HR385 CU53 CW599 CY357 CZ420 CD243 DK45 DJ253 \
    DM1767 DO1809 TL670 EC593 EG20 SV503 GQ240 ER291 EE372 ET251 FK500 FO298 FJ679 FI358 FR33 PF689 GA241 GM220 GE995 DE49 \
    GH233 GI350 GR30 GL299 GD1473 GU1671 GT502 GB44 GG44 GN224 GW245 GY592 HT509 HN504 HK852 HU36 IS354 IN91 ID62 IR98 IQ964 \
    IE353 IM44 IL972 IT39 CI225 JM1876 JP81 JE44 JO962 RU7 KZ7 KE254 KI686 KW965 KG996 LA856 LV371 LB961 LS266 LR231 LY218 \
    LI423 LT370 LU352 MO853 MK389 MG261 MW265 MY60 MV960 ML223 MT356 MH692 MR222 MU230 RE262 YT262 MX52 FM691 MD373 MC377 \
    MN976 ME382 MS1664 MA212 MZ258 MM95 NA264 NR674 NP977 NL31 AN599 NC687 NZ64 NI505 NE227 NG234 NU683 KP850 MP1670 NO47 \
    OM968 PK92 PW680 PA507 PG675 PY595 PE51 PH63 PN64 PL48 PT351 PR1787 QA974 CG242 RO40 RW250 BL590 SH290 KN1869 LC1758 \
    MF590 PM508 VC1784 WS685 SM378 ST239 SA966 SN221 RS381 SC248 SL232 SG65 SX1721 SK421 SI386 SB677 SO252 ZA27 KR82 ES34 \
    LK94 SD249 SR597 SJ47 SZ268 SE46 CH41 SY963 TW886 TJ992 TZ255 TH66 TG228 TK690 TO676 TT1868 TN216 TR90 TM993 TC1649 \
    TV688 VI1340 UG256 UA380 AE971 UY598 UZ998 VU678 VA379 VE58 VN84 WF681 EH212 YE967 ZM260 ZW263";

/// How many numbers of a country, kind and prefix can be claimed.
const AVAILABLE: u64 = 50;
/// The digits of a number, but for those of countries with long codes.
const DIGITS: usize = 11;

/// The countries and their codes.
fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    CODES.split_ascii_whitespace().map(|entry| entry.split_at(2))
}

/// The digits that follow the country's code in numbers of a kind.
fn kind_digits(country: &str, kind: &str) -> &'static str {
    match (country, kind) {
        (_, "TOLL_FREE" | "THIRD_PARTY_TF") => "800",
        ("US", _) => "206",
        ("CA", _) => "416",
        _ => "",
    }
}

/// The country of a number in the form of E.164.
fn country(number: &str) -> Option<&'static str> {
    let digits = number.strip_prefix('+')?;
    // The longest code that fits, and the first of those that share it.
    let mut found: Option<(&str, &str)> = None;
    for (country, code) in codes().filter(|(_, code)| digits.starts_with(code)) {
        if found.is_none_or(|(_, known)| code.len() > known.len()) {
            found = Some((country, code));
        }
    }
    found.map(|(country, _)| country)
}

/// The kind of a number, as its first digits tell.
fn kind(number: &str) -> &'static str {
    let digits = number.trim_start_matches('+');
    let free_of_north_america = ["1800", "1833", "1844", "1855", "1866", "1877", "1888"];
    let is_free = free_of_north_america.iter().any(|start| digits.starts_with(start))
        || codes().any(|(_, code)| digits.strip_prefix(code).is_some_and(|rest| rest.starts_with("800")));
    match digits {
        _ if digits.starts_with("800") => "UIFN",
        _ if is_free => "TOLL_FREE",
        _ => "DID",
    }
}

/// The target of a call's `TargetArn` or `InstanceId`, as an ARN.
///
/// # Errors
/// A call that gives neither, and a target that there is not.
fn target(engine: &Engine, call: Call<'_>) -> Result<String, Refusal> {
    let (name, given) = match (call.text("TargetArn"), call.text("InstanceId")) {
        (Some(arn), _) => ("TargetArn", arn),
        (None, Some(id)) => ("InstanceId", id),
        (None, None) => return Err(engine.refuse(call, Fault::Invalid, "TargetArn or InstanceId is required")),
    };
    let families = ["Instance", "TrafficDistributionGroup"]
        .into_iter()
        .filter(|family| name == "TargetArn" || *family == "Instance");
    let key = families.filter_map(|family| engine.resolve(engine.facts.family(family)?, &[], given)).next();
    let record = key.and_then(|key| engine.state.store.get(&key));
    let record = record.ok_or_else(|| {
        let message = format!("there is no instance or traffic distribution group {given}");
        engine.refuse(call, Fault::NotFound, message)
    })?;
    Ok(record.arn.clone())
}

/// Sets the members of a number that its target tells.
fn set_target(record: &mut Record, arn: String) {
    record.members.remove("InstanceId");
    if let Some((_, id)) = arn.split_once(":instance/") {
        record.members.insert("InstanceId".to_owned(), id.into());
    }
    record.members.insert("TargetArn".to_owned(), arn.into());
}

/// Keeps a number of a target.
fn claimed(engine: &mut Engine, call: Call<'_>, number: &str, kind: &str, target: String) -> Outcome {
    let Some(family) = engine.facts.family("PhoneNumber") else { return super::instances::nothing(engine, call) };
    let mut record = Record::default();
    if let Some(country) = country(number) {
        record.members.insert("CountryCode".to_owned(), country.into());
    }
    record.members.insert("Type".to_owned(), kind.into());
    record.members.insert("Number".to_owned(), number.into());
    set_target(&mut record, target);
    engine.create(call, family, record)
}

fn claim(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let target = target(engine, call)?;
    let number = call.text("PhoneNumber").unwrap_or_default();
    claimed(engine, call, number, kind(number), target)
}

/// A number of another service, which an ARN names and no member tells: a stand-in gives it the next that is free.
fn import(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let target = target(engine, call)?;
    let number = free(engine, "US", "DID", "+1206").next().unwrap_or_default();
    claimed(engine, call, &number, "DID", target)
}

fn update(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = super::instances::record(engine, call, "PhoneNumber", "PhoneNumberId")?;
    let target = target(engine, call)?;
    set_target(&mut record, target);
    record.modified = engine.state.clock.now();
    engine.keep(key.clone(), record);
    Ok(engine.output(call, &key))
}

/// The numbers of a country, kind and prefix that nobody has claimed.
fn free<'e>(engine: &'e Engine, country: &str, kind: &str, prefix: &str) -> impl Iterator<Item = String> + 'e {
    let code = codes().find(|(known, _)| *known == country).map_or("", |(_, code)| code);
    let start = match (kind, prefix) {
        ("UIFN", _) => "800".to_owned(),
        (_, "") => format!("{code}{}", kind_digits(country, kind)),
        _ => prefix.trim_start_matches('+').to_owned(),
    };
    let width = DIGITS.saturating_sub(start.len()).max(4);
    let family = engine.facts.family("PhoneNumber");
    // Numbers that end in 5550100 and those behind it are for examples, in North America.
    let numbers = (0..AVAILABLE).map(move |place| {
        let end = format!("{:07}", 5_550_100 + place);
        let end = if width < end.len() { end[end.len() - width..].to_owned() } else { format!("{end:0>width$}") };
        format!("+{start}{end}")
    });
    numbers.filter(move |number| {
        family.is_none_or(|family| engine.state.store.by_name(family, &[], "Number", number).is_none())
    })
}

fn available(engine: &mut Engine, call: Call<'_>) -> Outcome {
    target(engine, call)?;
    let text = |name: &str| call.text(name).unwrap_or_default();
    let (country, kind, prefix) = (text("PhoneNumberCountryCode"), text("PhoneNumberType"), text("PhoneNumberPrefix"));
    let shown = |number: String| {
        let members = json!({"PhoneNumber": number, "PhoneNumberCountryCode": country, "PhoneNumberType": kind});
        Value::Object(members.as_object().cloned().unwrap_or_else(Members::new))
    };
    let is_of_country = prefix.is_empty()
        || codes().any(|(known, code)| known == country && prefix.trim_start_matches('+').starts_with(code));
    let found = if is_of_country { free(engine, country, kind, prefix).map(shown).collect() } else { Vec::new() };
    page_of(engine, call, "AvailableNumbersList", found)
}
