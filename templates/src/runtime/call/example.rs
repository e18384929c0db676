//! Examples of operations: the call with every required input, what is read of the response, and the loop over pages.
//!
//! The page of an operation has one, of which its file says what differs. rustdoc compiles all of them as one program
//! (`cargo test --doc`). A build that makes no documentation does not expand them.

/// Expands to the text of an example: `example!(client.get_thing().id("…") => thing, version)` prints two members of the response.
///
/// `in module` before it is for the operation of a service that is a module of the crate. Without `=>` there is no response, and with
/// nothing behind it the whole response is printed. `; items` or `; pages` at its end adds the loop over what the pages list, or over the
/// pages.
#[doc(hidden)]
#[macro_export]
macro_rules! __example {
    (in $module:ident client $($rest:tt)+) => {
        $crate::__example!(@ ::core::concat!(::core::env!("CARGO_CRATE_NAME"), "::", ::core::stringify!($module)), $($rest)+)
    };
    (client $($rest:tt)+) => {
        $crate::__example!(@ ::core::env!("CARGO_CRATE_NAME"), $($rest)+)
    };
    (@ $service:expr, $(.$method:ident($($argument:tt)*))+) => {
        $crate::__example!(page $service, "", $crate::__example!(call $(.$method($($argument)*))+), "", "")
    };
    (@ $service:expr, $(.$method:ident($($argument:tt)*))+ => $($field:ident),* $(; $pages:ident)?) => {
        $crate::__example!(read $service, $crate::__example!(call $(.$method($($argument)*))+), ($($field)*) ($($pages)?))
    };
    (read $service:expr, $call:expr, ($($field:ident)*) ($($pages:ident)?)) => {
        $crate::__example!(
            page $service,
            "let response = ",
            $call,
            $crate::__example!(print $($field)*),
            ::core::concat!($($crate::__example!($pages $call))?)
        )
    };
    (page $service:expr, $response:literal, $call:expr, $print:expr, $pages:expr) => {
        ::core::concat!(
            "\n```no_run\n# use ", $service, "::{Client, types};\n",
            "# async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {\n",
            $response, $call, "\n    .send()\n    .await?;\n", $print, $pages, "# Ok(())\n# }\n```",
        )
    };
    (call $(.$method:ident($($argument:tt)*))+) => {
        ::core::concat!(
            "client" $(, "\n    .", ::core::stringify!($method), "(", ::core::stringify!($($argument)*), ")")+
        )
    };
    (print) => { "println!(\"{response:?}\");\n" };
    (print $($field:ident)+) => {
        ::core::concat!($("println!(\"{:?}\", response.", ::core::stringify!($field), ");\n"),+)
    };
    (items $call:expr) => {
        ::core::concat!(
            "\nlet mut items = ", $call, "\n    .into_paginator()\n    .items();\n",
            "while let Some(item) = items.next().await {\n    println!(\"{:?}\", item?);\n}\n",
        )
    };
    (pages $call:expr) => {
        ::core::concat!(
            "\nlet mut pages = ", $call, "\n    .into_paginator();\n",
            "while let Some(page) = pages.next().await {\n    println!(\"{:?}\", page?);\n}\n",
        )
    };
}
