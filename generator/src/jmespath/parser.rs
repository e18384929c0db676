//! The parser of JMESPath: a Pratt parser with the binding powers of the specification's reference.

use super::expression::Expression;
use super::lexer::{Token, tokens};

/// The depth to which an expression may nest.
const DEEPEST: usize = 64;

/// How many tokens an expression may have: a chain of operators is a tree as deep as it is long.
const LONGEST: usize = 500;

/// Binding powers. A projection ends before what binds less than [`PROJECTION`].
const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARE: u8 = 5;
const FLATTEN: u8 = 9;
const PROJECTION: u8 = 10;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const BRACKET: u8 = 55;

/// Parses an expression.
///
/// # Errors
/// What is no JMESPath, and the parts of it that are not supported.
pub(crate) fn parse(text: &str) -> Result<Expression, String> {
    let tokens = tokens(text)?;
    if tokens.len() > LONGEST {
        return Err(format!("it has more than {LONGEST} tokens"));
    }
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let expression = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(expression),
        other => Err(format!("{other:?} is where the expression should end")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&Token::End)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn expect(&mut self, token: &Token) -> Result<(), String> {
        let found = self.next();
        if found == *token { Ok(()) } else { Err(format!("expected {token:?}, found {found:?}")) }
    }

    fn expression(&mut self, power: u8) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("it nests deeper than {DEEPEST} expressions"));
        }
        let mut left = self.start()?;
        while power < binds(self.peek()) {
            left = self.follow(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// An expression that has nothing at its left.
    fn start(&mut self) -> Result<Expression, String> {
        match self.next() {
            Token::Name(name) if *self.peek() == Token::Open => self.call(name),
            Token::Name(name) | Token::Quoted(name) => Ok(Expression::Field(name)),
            Token::Literal(value) => Ok(Expression::Literal(value)),
            Token::At => Ok(Expression::Current),
            Token::Not => Ok(Expression::Not(self.boxed(NOT)?)),
            Token::Star => Ok(Expression::Values(Box::new(Expression::Current), self.projected(STAR)?)),
            Token::Filter => self.filter(Expression::Current),
            Token::Flatten => self.flatten(Expression::Current),
            Token::Open => {
                let inner = self.expression(0)?;
                self.expect(&Token::Close)?;
                Ok(inner)
            }
            Token::OpenBracket => self.bracket(),
            Token::OpenBrace => Err("hashes of several values are not supported".to_owned()),
            Token::Reference => Err("references to expressions are not supported".to_owned()),
            other => Err(format!("{other:?} does not start an expression")),
        }
    }

    /// An expression that goes on after what is at its left.
    fn follow(&mut self, left: Expression) -> Result<Expression, String> {
        let left = Box::new(left);
        match self.next() {
            Token::Dot if *self.peek() == Token::Star => {
                self.at += 1;
                Ok(Expression::Values(left, self.projected(DOT)?))
            }
            Token::Dot => Ok(Expression::Then(left, Box::new(self.after_dot(DOT)?))),
            Token::Pipe => Ok(Expression::Then(left, self.boxed(PIPE)?)),
            Token::Or => Ok(Expression::Or(left, self.boxed(OR)?)),
            Token::And => Ok(Expression::And(left, self.boxed(AND)?)),
            Token::Compare(comparison) => Ok(Expression::Compare(comparison, left, self.boxed(COMPARE)?)),
            Token::Flatten => self.flatten(*left),
            Token::Filter => self.filter(*left),
            Token::OpenBracket => match self.next() {
                Token::Number(index) => {
                    self.end_of_index()?;
                    Ok(Expression::Then(left, Box::new(Expression::Index(index))))
                }
                Token::Star => {
                    self.expect(&Token::CloseBracket)?;
                    Ok(Expression::Project(left, self.projected(STAR)?))
                }
                Token::Colon => Err("slices are not supported".to_owned()),
                other => Err(format!("{other:?} is where an index should be")),
            },
            other => Err(format!("{other:?} is where the expression should go on")),
        }
    }

    fn boxed(&mut self, power: u8) -> Result<Box<Expression>, String> {
        self.expression(power).map(Box::new)
    }

    /// What follows a dot: a name, a function, or several values.
    fn after_dot(&mut self, power: u8) -> Result<Expression, String> {
        match self.peek() {
            Token::Name(_) | Token::Quoted(_) | Token::Star => self.expression(power),
            Token::OpenBracket => {
                self.at += 1;
                self.several()
            }
            Token::OpenBrace => Err("hashes of several values are not supported".to_owned()),
            other => Err(format!("{other:?} follows a dot")),
        }
    }

    /// What a projection does with each element.
    fn projected(&mut self, power: u8) -> Result<Box<Expression>, String> {
        if binds(self.peek()) < PROJECTION {
            return Ok(Box::new(Expression::Current));
        }
        match self.peek() {
            Token::OpenBracket | Token::Filter => self.boxed(power),
            Token::Dot => {
                self.at += 1;
                self.after_dot(power).map(Box::new)
            }
            other => Err(format!("{other:?} follows a projection")),
        }
    }

    fn flatten(&mut self, left: Expression) -> Result<Expression, String> {
        Ok(Expression::Project(Box::new(Expression::Flatten(Box::new(left))), self.projected(FLATTEN)?))
    }

    fn filter(&mut self, left: Expression) -> Result<Expression, String> {
        let condition = self.boxed(0)?;
        self.expect(&Token::CloseBracket)?;
        let rest = match self.peek() {
            Token::Flatten => Box::new(Expression::Current),
            _ => self.projected(FILTER)?,
        };
        Ok(Expression::Filter(Box::new(left), condition, rest))
    }

    /// A bracket at the start: an index, a projection, or several values.
    fn bracket(&mut self) -> Result<Expression, String> {
        match self.peek() {
            Token::Number(index) => {
                let index = *index;
                self.at += 1;
                self.end_of_index()?;
                Ok(Expression::Index(index))
            }
            Token::Colon => Err("slices are not supported".to_owned()),
            Token::Star if self.tokens.get(self.at + 1) == Some(&Token::CloseBracket) => {
                self.at += 2;
                Ok(Expression::Project(Box::new(Expression::Current), self.projected(STAR)?))
            }
            _ => self.several(),
        }
    }

    fn end_of_index(&mut self) -> Result<(), String> {
        match self.peek() {
            Token::Colon => Err("slices are not supported".to_owned()),
            _ => self.expect(&Token::CloseBracket),
        }
    }

    /// Several values up to the closing bracket.
    fn several(&mut self) -> Result<Expression, String> {
        let mut values = vec![self.expression(0)?];
        while *self.peek() == Token::Comma {
            self.at += 1;
            values.push(self.expression(0)?);
        }
        self.expect(&Token::CloseBracket)?;
        Ok(Expression::Several(values))
    }

    fn call(&mut self, name: String) -> Result<Expression, String> {
        self.expect(&Token::Open)?;
        let mut arguments = Vec::new();
        while *self.peek() != Token::Close {
            arguments.push(self.expression(0)?);
            match self.peek() {
                Token::Comma => self.at += 1,
                _ => break,
            }
        }
        self.expect(&Token::Close)?;
        Ok(Expression::Call(name, arguments))
    }
}

/// How strongly a token binds what is at its left.
fn binds(token: &Token) -> u8 {
    match token {
        Token::Pipe => PIPE,
        Token::Or => OR,
        Token::And => AND,
        Token::Compare(_) => COMPARE,
        Token::Flatten => FLATTEN,
        Token::Filter => FILTER,
        Token::Dot => DOT,
        Token::OpenBracket => BRACKET,
        _ => 0,
    }
}
