//! The standard rule set, which nearly every regional service of AWS has, for a model that comes without one.

use serde_json::json;

use crate::json::Json;

/// The rule set, as JSON.
pub(super) fn rule_set(endpoint_prefix: &str) -> Json {
    let set = |name| json!({"fn": "isSet", "argv": [{"ref": name}]});
    let is_true = |value| json!({"fn": "booleanEquals", "argv": [value, true]});
    let fips = || is_true(json!({"ref": "UseFIPS"}));
    let dual_stack = || is_true(json!({"ref": "UseDualStack"}));
    let supports = |what| is_true(json!({"fn": "getAttr", "argv": [{"ref": "Partition"}, what]}));
    let partition = json!({"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "Partition"});
    let tree = |conditions, rules| json!({"type": "tree", "conditions": conditions, "rules": rules});
    let error = |conditions, error| json!({"type": "error", "conditions": conditions, "error": error});
    let endpoint = |conditions, label, suffix| {
        let url = format!("https://{endpoint_prefix}{label}.{{Region}}.{{Partition#{suffix}}}");
        json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}})
    };
    let custom = tree(
        json!([set("Endpoint")]),
        json!([
            error(json!([fips()]), "FIPS and a custom endpoint exclude each other"),
            error(json!([dual_stack()]), "dual stack and a custom endpoint exclude each other"),
            {"type": "endpoint", "conditions": [], "endpoint": {"url": {"ref": "Endpoint"}}},
        ]),
    );
    let regional = tree(
        json!([set("Region"), partition]),
        json!([
            tree(
                json!([fips(), dual_stack()]),
                json!([
                    endpoint(
                        json!([supports("supportsFIPS"), supports("supportsDualStack")]),
                        "-fips",
                        "dualStackDnsSuffix"
                    ),
                    error(json!([]), "the partition does not support FIPS together with dual stack"),
                ])
            ),
            tree(
                json!([fips()]),
                json!([
                    endpoint(json!([supports("supportsFIPS")]), "-fips", "dnsSuffix"),
                    error(json!([]), "the partition does not support FIPS"),
                ])
            ),
            tree(
                json!([dual_stack()]),
                json!([
                    endpoint(json!([supports("supportsDualStack")]), "", "dualStackDnsSuffix"),
                    error(json!([]), "the partition does not support dual stack"),
                ])
            ),
            endpoint(json!([]), "", "dnsSuffix"),
        ]),
    );
    let rule_set = json!({
        "version": "1.0",
        "parameters": {
            "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"},
            "Region": {"type": "string", "builtIn": "AWS::Region"},
            "UseDualStack": {"type": "boolean", "builtIn": "AWS::UseDualStack", "required": true, "default": false},
            "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false},
        },
        "rules": [custom, regional, error(json!([]), "the region is missing")],
    });
    rule_set.into()
}
