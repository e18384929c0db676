//! Connect's model as an OpenAPI document, for generators that read those: the same operations and shapes, without what
//! OpenAPI has no words for.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

/// The document of a service's model.
pub fn of_service(model: &str) -> Result<String> {
    let model: Value = serde_json::from_str(model).context("the model")?;
    let shapes = model["shapes"].as_object().context("a model has shapes")?;
    let schemas: Map<_, _> = shapes.iter().map(|(name, shape)| (name.clone(), schema(shape))).collect();
    let mut schemas = schemas;
    let mut paths = Map::new();
    for (name, operation) in model["operations"].as_object().context("a model has operations")? {
        let http = &operation["http"];
        let uri = http["requestUri"].as_str().context("an operation has a URI")?.replace('+', "");
        let path = uri.split('?').next().unwrap_or_default().to_owned();
        let method = http["method"].as_str().context("an operation has a method")?.to_ascii_lowercase();
        let input = operation["input"]["shape"].as_str().and_then(|input| shapes.get(input));
        let described = describe(name, operation, input, &mut schemas);
        let methods = paths.entry(path).or_insert_with(|| json!({}));
        if let Some(methods) = methods.as_object_mut() {
            // Operations that differ in their constant query only have no place of their own in OpenAPI.
            methods.entry(method).or_insert(described);
        }
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Connect", "version": "2017-08-08" },
        "paths": paths,
        "components": { "schemas": schemas },
    });
    Ok(serde_json::to_string_pretty(&document)?)
}

/// One operation; the part of its input that is the body becomes a schema of its own.
fn describe(name: &str, operation: &Value, input: Option<&Value>, schemas: &mut Map<String, Value>) -> Value {
    let members = input.and_then(|input| input["members"].as_object());
    let required = required(input.unwrap_or(&Value::Null));
    let mut parameters = Vec::new();
    let mut body = Map::new();
    for (member, target) in members.into_iter().flatten() {
        let place = match target["location"].as_str() {
            Some("uri") => "path",
            Some("querystring") => "query",
            Some(_) => continue,
            None => {
                body.insert(member.clone(), reference(target));
                continue;
            }
        };
        let wire = target["locationName"].as_str().unwrap_or(member);
        // As strings: that is what they are on the wire, and few generators know maps in a query.
        let needed = place == "path" || required.contains(member.as_str());
        parameters.push(json!({ "in": place, "name": wire, "required": needed, "schema": { "type": "string" } }));
    }
    let mut described = json!({ "operationId": name, "parameters": parameters });
    if !body.is_empty() {
        let required: Vec<_> = required.into_iter().filter(|name| body.contains_key(*name)).collect();
        let schema = object(body, &required);
        schemas.insert(format!("{name}Body"), schema);
        described["requestBody"] = json!({ "required": true, "content": content(&format!("{name}Body")) });
    }
    let output = operation["output"]["shape"].as_str();
    described["responses"] = match output {
        Some(output) => json!({ "200": { "description": "done", "content": content(output) } }),
        None => json!({ "204": { "description": "done" } }),
    };
    described
}

fn content(schema: &str) -> Value {
    json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } })
}

fn reference(target: &Value) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", target["shape"].as_str().unwrap_or_default()) })
}

fn required(shape: &Value) -> BTreeSet<&str> {
    shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut object = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn schema(shape: &Value) -> Value {
    match shape["type"].as_str().unwrap_or_default() {
        "structure" => {
            let members = shape["members"].as_object().into_iter().flatten();
            let properties = members.map(|(name, target)| (name.clone(), reference(target))).collect();
            object(properties, &required(shape).into_iter().collect::<Vec<_>>())
        }
        "list" => json!({ "type": "array", "items": reference(&shape["member"]) }),
        "map" => json!({ "type": "object", "additionalProperties": reference(&shape["value"]) }),
        "integer" => json!({ "type": "integer", "format": "int32" }),
        "long" => json!({ "type": "integer", "format": "int64" }),
        "float" | "double" => json!({ "type": "number", "format": "double" }),
        "boolean" => json!({ "type": "boolean" }),
        "timestamp" => json!({ "type": "string", "format": "date-time" }),
        _ => match shape["enum"].as_array() {
            Some(values) => json!({ "type": "string", "enum": values }),
            None => json!({ "type": "string" }),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::of_service;

    #[test]
    fn an_operation_keeps_its_bindings() {
        let model = json!({
            "operations": { "PutFoo": {
                "http": { "method": "PUT", "requestUri": "/foo/{Id+}?v=2" },
                "input": { "shape": "PutFooRequest" },
                "output": { "shape": "Foo" },
            }},
            "shapes": {
                "PutFooRequest": { "type": "structure", "required": ["Id", "Name"], "members": {
                    "Id": { "shape": "Text", "location": "uri", "locationName": "Id" },
                    "Max": { "shape": "Text", "location": "querystring", "locationName": "max" },
                    "Name": { "shape": "Text" },
                }},
                "Foo": { "type": "structure", "members": { "Name": { "shape": "Text" } } },
                "Text": { "type": "string", "enum": ["A"] },
            },
        });
        let document: Value = serde_json::from_str(&of_service(&model.to_string()).unwrap()).unwrap();
        let put = &document["paths"]["/foo/{Id}"]["put"];
        assert_eq!(put["parameters"][0]["in"], "path");
        assert_eq!(
            put["parameters"][1],
            json!({ "in": "query", "name": "max", "required": false, "schema": { "type": "string" } })
        );
        assert_eq!(document["components"]["schemas"]["PutFooBody"]["required"], json!(["Name"]));
        assert_eq!(
            put["responses"]["200"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/Foo"
        );
        assert_eq!(document["components"]["schemas"]["Text"]["enum"], json!(["A"]));
    }
}
