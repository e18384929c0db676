//! The compiler of JMESPath expressions: each step is looked up in the shapes of the output, so that rustc checks what is
//! emitted, and nothing is parsed while a program runs.

use super::path::{Access, Order, Path, Scalar};
use crate::jmespath::{Comparison, Expression, parse};
use crate::model::{Shape, ShapeType};
use crate::plan::context::Context;
use crate::plan::structures::{Presence, presence};
use crate::plan::types::is_json_value;

/// The number of steps that a compiled expression may have.
const MOST_STEPS: usize = 1000;

/// Compiles an expression over an output to a path that results in a value.
///
/// # Errors
/// What is no JMESPath, leads to no member, or is not supported.
pub(super) fn compile(context: &Context<'_>, expression: &str, output: &str) -> Result<Path, String> {
    let compiler = Compiler { context };
    let compile = || {
        let parsed = parse(expression)?;
        if steps(&parsed, 1) > MOST_STEPS {
            return Err(format!("it has more than {MOST_STEPS} steps"));
        }
        compiler.value(compiler.expression(&parsed, &at(output))?)
    };
    compile().map_err(|reason| format!("{} is not supported: {reason}", shown(expression)))
}

struct Compiler<'a> {
    context: &'a Context<'a>,
}

/// A path and what it results in.
#[derive(Debug, Clone)]
struct Typed<'a> {
    path: Path,
    form: Form<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Form<'a> {
    /// One place of this shape.
    One(&'a str),
    /// Many places of this shape.
    Many(&'a str),
    Value,
}

type Compiled<'a> = Result<Typed<'a>, String>;

impl<'a> Compiler<'a> {
    fn shape(&self, name: &str) -> &'a Shape {
        &self.context.model.shapes[name]
    }

    fn expression(&self, expression: &Expression, here: &Typed<'a>) -> Compiled<'a> {
        let value = |path| Ok(Typed { path, form: Form::Value });
        let truth = |expression: &Expression| self.truth(self.expression(expression, here)?).map(Box::new);
        match expression {
            Expression::Current => Ok(here.clone()),
            Expression::Field(name) => self.field(name, here),
            Expression::Then(left, right) => self.expression(right, &self.expression(left, here)?),
            Expression::Index(index) => self.index(*index, here),
            Expression::Project(list, rest) => self.rest(self.projected(list, here)?, rest),
            Expression::Values(map, rest) => self.rest(self.map_values(self.expression(map, here)?)?, rest),
            Expression::Filter(list, condition, rest) => {
                let list = self.many(self.expression(list, here)?)?;
                let Form::Many(shape) = list.form else {
                    return Err("a list of values is not filtered".to_owned());
                };
                let is = Box::new(self.truth(self.expression(condition, &at(shape))?)?);
                let path = Path::Filter { of: Box::new(list.path), is };
                self.rest(Typed { path, form: Form::Many(shape) }, rest)
            }
            Expression::Flatten(_) => Err("a list is flattened without a projection".to_owned()),
            Expression::Several(several) => {
                // Several values of nothing are nothing, and not a list of nothings.
                if !matches!(here.path, Path::Here) {
                    return Err("several values are taken of what may be missing".to_owned());
                }
                let values = several.iter().map(|one| self.value(self.expression(one, here)?));
                value(Path::Several(values.collect::<Result<_, _>>()?))
            }
            Expression::Compare(comparison, one, other) => {
                let plain = |expression: &Expression| self.plain(self.expression(expression, here)?).map(Box::new);
                value(compare(*comparison, plain(one)?, plain(other)?))
            }
            Expression::And(one, other) => value(Path::And(truth(one)?, truth(other)?)),
            Expression::Or(one, other) => value(Path::Or(truth(one)?, truth(other)?)),
            Expression::Not(of) => value(Path::Function { of: truth(of)?, function: "negate", argument: None }),
            Expression::Literal(serde_json::Value::Object(_)) => Err("an object is not a value to compare".to_owned()),
            Expression::Literal(literal) => value(Path::Literal(literal.clone())),
            Expression::Call(name, arguments) => value(self.call(name, arguments, here)?),
        }
    }

    fn field(&self, name: &str, here: &Typed<'a>) -> Compiled<'a> {
        let Form::One(shape_name) = here.form else { return Err(format!("a list has no member {name:?}")) };
        let shape = self.shape(shape_name);
        let of = Box::new(here.path.clone());
        match shape.kind {
            ShapeType::Structure if !shape.document && !shape.union => {
                let member = shape.members.get(name).ok_or_else(|| format!("{shape_name} has no member {name:?}"))?;
                if is_json_value(self.context.model, member) {
                    return Err(format!("the member {name:?} is a document"));
                }
                let access = match presence(self.context.resolved, shape_name, shape, name) {
                    Presence::Required => Access::Required,
                    Presence::Optional => Access::Optional,
                    Presence::Boxed => Access::Boxed,
                };
                let field = self.context.names.members[shape_name][name].clone();
                Ok(Typed { path: Path::Field { of, field, access }, form: Form::One(&member.shape) })
            }
            ShapeType::Map if !shape.sparse => {
                let key = shape.key.as_ref().map(|key| self.shape(&key.shape));
                let value = shape.value.as_ref().filter(|_| key.is_some_and(|key| !key.is_enumeration()));
                let value = value.ok_or_else(|| format!("the keys of {shape_name} are not texts"))?;
                Ok(Typed { path: Path::Entry { of, key: name.to_owned() }, form: Form::One(&value.shape) })
            }
            _ => Err(format!("{shape_name} is not a structure with a member {name:?}")),
        }
    }

    fn index(&self, index: i64, here: &Typed<'a>) -> Compiled<'a> {
        if let Form::One(shape) = here.form {
            if self.shape(shape).sparse {
                return Err(format!("{shape} may hold nulls"));
            }
        }
        let list = self.many(here.clone())?;
        let of = Box::new(list.path);
        Ok(match list.form {
            Form::Value => Typed { path: Path::IndexOf { of, index }, form: Form::Value },
            Form::Many(shape) | Form::One(shape) => Typed { path: Path::Index { of, index }, form: Form::One(shape) },
        })
    }

    /// A list as many places. A value stays one.
    fn many(&self, list: Typed<'a>) -> Compiled<'a> {
        let Form::One(name) = list.form else { return Ok(list) };
        let shape = self.shape(name);
        let element = shape.member.as_ref().filter(|_| shape.kind == ShapeType::List);
        let element = element.ok_or_else(|| format!("{name} is not a list"))?;
        let path = Path::Elements { of: Box::new(list.path), sparse: shape.sparse };
        Ok(Typed { path, form: Form::Many(&element.shape) })
    }

    /// The list of a projection.
    fn projected(&self, list: &Expression, here: &Typed<'a>) -> Compiled<'a> {
        let Expression::Flatten(inner) = list else { return self.many(self.expression(list, here)?) };
        let list = self.many(self.expression(inner, here)?)?;
        let of = Box::new(list.path);
        let Form::Many(name) = list.form else {
            return Ok(Typed { path: Path::Function { of, function: "flatten", argument: None }, form: Form::Value });
        };
        let shape = self.shape(name);
        match &shape.member {
            Some(_) if shape.sparse => Err(format!("{name} may hold nulls")),
            Some(element) if shape.kind == ShapeType::List => {
                Ok(Typed { path: Path::Flatten { of }, form: Form::Many(&element.shape) })
            }
            _ => Ok(Typed { path: *of, form: list.form }),
        }
    }

    fn map_values(&self, map: Typed<'a>) -> Compiled<'a> {
        match map.form {
            Form::One(name) if self.shape(name).kind == ShapeType::Map && !self.shape(name).sparse => {
                let value = self.shape(name).value.as_ref().ok_or("a map has values")?;
                Ok(Typed { path: Path::MapValues { of: Box::new(map.path) }, form: Form::Many(&value.shape) })
            }
            _ => Err("only a map has values".to_owned()),
        }
    }

    /// What a projection makes of each of many places.
    fn rest(&self, list: Typed<'a>, rest: &Expression) -> Compiled<'a> {
        let of = Box::new(list.path);
        let Form::Many(shape) = list.form else {
            return match rest {
                Expression::Current => {
                    Ok(Typed { path: Path::Function { of, function: "present", argument: None }, form: Form::Value })
                }
                _ => Err("the elements of a list of lists are taken without flattening it".to_owned()),
            };
        };
        let to = self.expression(rest, &at(shape))?;
        Ok(match to.form {
            Form::One(_) if matches!(to.path, Path::Here) => Typed { path: *of, form: list.form },
            Form::One(end) => Typed { path: Path::Project { of, to: Box::new(to.path) }, form: Form::Many(end) },
            _ => {
                let of = Box::new(Path::List { of, value: Box::new(self.value(to)?) });
                Typed { path: Path::Function { of, function: "present", argument: None }, form: Form::Value }
            }
        })
    }

    /// The value of any result.
    fn value(&self, typed: Typed<'a>) -> Result<Path, String> {
        match typed.form {
            Form::Value => Ok(typed.path),
            Form::Many(shape) => {
                let value = Box::new(self.value(at(shape))?);
                Ok(Path::List { of: Box::new(typed.path), value })
            }
            Form::One(name) => {
                let shape = self.shape(name);
                let scalar = match shape.kind {
                    ShapeType::List if shape.sparse => return Err(format!("{name} may hold nulls")),
                    ShapeType::List => return self.value(self.many(typed)?),
                    ShapeType::Boolean => Scalar::Boolean,
                    ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::Long => Scalar::Integer,
                    ShapeType::Float | ShapeType::Double => Scalar::Float,
                    ShapeType::Structure if shape.document => return Err(format!("{name} is a document")),
                    ShapeType::Structure | ShapeType::Map => Scalar::Object,
                    ShapeType::Timestamp | ShapeType::Blob => return Err(format!("{name} is not a value to compare")),
                    _ if shape.is_enumeration() => Scalar::Enumeration,
                    _ => Scalar::Text,
                };
                Ok(Path::Scalar { of: Box::new(typed.path), scalar })
            }
        }
    }

    /// A value that can be compared: no structure, no map, and no list of them.
    fn plain(&self, typed: Typed<'a>) -> Result<Path, String> {
        if let Form::One(name) | Form::Many(name) = typed.form {
            let mut next = Some(name);
            while let Some(name) = next {
                let shape = self.shape(name);
                if matches!(shape.kind, ShapeType::Structure | ShapeType::Map) {
                    return Err(format!("{name} is not a value to compare"));
                }
                next = shape.member.as_ref().map(|element| element.shape.as_str());
            }
        }
        self.value(typed)
    }

    /// A value of which it is known whether it counts as true: no structure and no map.
    fn truth(&self, typed: Typed<'a>) -> Result<Path, String> {
        if let Form::One(name) = typed.form {
            if matches!(self.shape(name).kind, ShapeType::Structure | ShapeType::Map) {
                return Err(format!("{name} is neither true nor false"));
            }
        }
        self.value(typed)
    }

    fn call(&self, name: &str, arguments: &[Expression], here: &Typed<'a>) -> Result<Path, String> {
        let argument = |index: usize| self.expression(&arguments[index], here);
        let function = match (name, arguments.len()) {
            ("length", 1) => {
                let of = argument(0)?;
                return match of.form {
                    Form::One(shape) if self.shape(shape).kind == ShapeType::Map => {
                        Ok(Path::Entries { of: Box::new(of.path) })
                    }
                    Form::One(shape) if self.shape(shape).kind == ShapeType::Structure => {
                        Err(format!("{shape} is a structure, whose members are not counted"))
                    }
                    _ => Ok(Path::Function { of: Box::new(self.value(of)?), function: "length", argument: None }),
                };
            }
            ("contains", 2) => "contains",
            ("starts_with", 2) => "starts_with",
            ("ends_with", 2) => "ends_with",
            (name, count) => return Err(format!("the function {name} of {count} arguments is not supported")),
        };
        let (of, argument) = (Box::new(self.plain(argument(0)?)?), Some(Box::new(self.plain(argument(1)?)?)));
        Ok(Path::Function { of, function, argument })
    }
}

/// The start of a path at an element.
fn at(shape: &str) -> Typed<'_> {
    Typed { path: Path::Here, form: Form::One(shape) }
}

fn compare(comparison: Comparison, one: Box<Path>, other: Box<Path>) -> Path {
    let order = match comparison {
        Comparison::Equal | Comparison::NotEqual => {
            return Path::Same { one, other, not: comparison == Comparison::NotEqual };
        }
        Comparison::Less => Order::Less,
        Comparison::LessOrEqual => Order::LessOrEqual,
        Comparison::Greater => Order::Greater,
        Comparison::GreaterOrEqual => Order::GreaterOrEqual,
    };
    Path::Order { one, other, order }
}

/// The steps that an expression compiles to, where what it starts at has so many: what follows a pipe may start there several
/// times.
fn steps(expression: &Expression, here: usize) -> usize {
    let sum = |all: &[&Expression]| all.iter().fold(1usize, |sum, one| sum.saturating_add(steps(one, here)));
    match expression {
        Expression::Literal(_) => 1,
        Expression::Current | Expression::Field(_) | Expression::Index(_) => here.saturating_add(1),
        Expression::Then(left, right) => steps(right, steps(left, here)),
        Expression::Project(list, rest) | Expression::Values(list, rest) => {
            steps(list, here).saturating_add(steps(rest, 1))
        }
        Expression::Filter(list, condition, rest) => {
            steps(list, here).saturating_add(steps(condition, 1)).saturating_add(steps(rest, 1))
        }
        Expression::Flatten(of) | Expression::Not(of) => sum(&[of]),
        Expression::Compare(_, one, other) | Expression::And(one, other) | Expression::Or(one, other) => {
            sum(&[one, other])
        }
        Expression::Several(all) | Expression::Call(_, all) => sum(&all.iter().collect::<Vec<_>>()),
    }
}

/// The start of an expression, between quotation marks.
fn shown(expression: &str) -> String {
    const LONGEST: usize = 100;
    match expression.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &expression[..end]),
        None => format!("{expression:?}"),
    }
}
