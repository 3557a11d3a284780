//! Every id in the schema, pointed at what is not the caller's: the same answer for nothing, for something else and for somebody else's (A8).

use async_graphql_parser::types::{BaseType, Type};
use serde_json::{Value, json};

use crate::{
    support::{Person, TestApp},
    world::{Kind, World, named},
};

/// A call with one id in it.
struct Place {
    call: String,
    /// The argument, and the field in it if it is an input object.
    path: Vec<String>,
    kind: Kind,
    list: bool,
    document: String,
    /// The variables around the id.
    variables: Value,
}

impl Place {
    fn with(&self, id: &Value) -> Value {
        let mut variables = self.variables.clone();
        let id = if self.list { json!([id]) } else { id.clone() };
        match self.path.as_slice() {
            [argument] => variables[argument] = id,
            [argument, field] => variables[argument][field] = id,
            path => panic!("an id deeper than the sweep looks: {path:?}"),
        }
        variables
    }
}

fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}

/// Every place in the schema where an id stands.
async fn places(world: &World<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    for (root, keyword) in [("Query", "query"), ("Mutation", "mutation")] {
        for field in world.roots(root) {
            let call = field.name.node.as_str();
            for argument in field.arguments.iter().map(|argument| &argument.node) {
                let (name, ty) = (argument.name.node.as_str(), &argument.ty.node);
                // What else the call cannot do without.
                let mut declared = format!("${name}: {ty}");
                let mut passed = format!("{name}: ${name}");
                let mut around = json!({});
                for other in field.arguments.iter().map(|argument| &argument.node) {
                    if other.name.node != argument.name.node && !other.ty.node.nullable && other.default_value.is_none() {
                        let (other, ty) = (other.name.node.as_str(), &other.ty.node);
                        declared = format!("{declared}, ${other}: {ty}");
                        passed = format!("{passed}, {other}: ${other}");
                        around[other] = world.value(call, other, ty).await;
                    }
                }
                let selection = if keyword == "mutation" {
                    "userErrors { code }"
                } else {
                    "__typename"
                };
                let document = format!("{keyword} Sweep({declared}) {{ {call}({passed}) {{ {selection} }} }}");
                let place = |path: Vec<String>, field: &str, ty: &Type, variables: Value| Place {
                    call: call.to_owned(),
                    path,
                    kind: Kind::of(call, field),
                    list: is_list(ty),
                    document: document.clone(),
                    variables,
                };
                if named(ty) == "ID" {
                    places.push(place(vec![name.to_owned()], name, ty, around));
                } else if world.is_input(named(ty)) {
                    for field in world.inputs(named(ty)).iter().filter(|field| named(&field.ty.node) == "ID") {
                        let field_name = field.name.node.as_str();
                        let mut variables = json!({ name: world.good(call, named(ty)).await });
                        if variables[name].get("imageIds").is_some() {
                            variables[name]["imageIds"] = json!([world.eves_image]);
                        }
                        if call == "reportCreate" && field_name == "imageIds" {
                            variables[name]["userId"] = world.things[&Kind::User].clone();
                        }
                        if call == "chatMessageSend" {
                            variables[name]["to"] = world.things[&Kind::User].clone();
                            variables[name]["text"] = json!("Hello");
                        }
                        let path = vec![name.to_owned(), field_name.to_owned()];
                        places.push(place(path, field_name, &field.ty.node, variables));
                    }
                }
            }
        }
    }
    places
}

/// What the caller is told: the code and the message. `nodes` tells it by a null in its place.
fn told(place: &Place, answer: &Value) -> Value {
    if place.call == "nodes" {
        return json!({ "nodes": answer["data"]["nodes"] });
    }
    let error = &answer["errors"][0];
    json!({ "code": error["extensions"]["code"], "message": error["message"] })
}

#[tokio::test]
async fn an_id_that_is_not_the_caller_s_is_as_good_as_none() {
    let app = TestApp::new().await;
    let world = World::new(&app).await;
    let mut wrong = Vec::new();
    let places = places(&world).await;
    assert!(places.len() > 30, "{}", places.len());
    for place in &places {
        let admin = world.caller(&place.call).name == "ada";
        let caller: &Person<'_> = if admin { &world.ada } else { &world.eve };
        let other_kind = if place.kind == Kind::Order { Kind::Game } else { Kind::Order };
        let mut ids = vec![
            json!(""),
            json!("AAAA"),
            json!("x".repeat(1_000)),
            place.kind.random(),
            world.things[&other_kind].clone(),
        ];
        if !admin && !place.kind.is_public() && place.path.last().is_none_or(|field| field != "to") {
            ids.push(world.things[&place.kind].clone());
        }
        if place.path.last().is_some_and(|field| field == "to") {
            ids.push(world.things[&Kind::Conversation].clone());
        }
        for id in ids {
            let answer = caller.sends(&place.document, place.with(&id)).await;
            let expected = if place.call == "nodes" {
                json!({ "nodes": [null] })
            } else {
                json!({ "code": "NOT_FOUND", "message": "There is no such thing." })
            };
            if told(place, &answer) != expected {
                wrong.push(format!("{} {:?} = {id}: {answer}", place.call, place.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.close().await;
}
