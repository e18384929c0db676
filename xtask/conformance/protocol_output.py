"""The cases of responses: what comes, and what is read of it."""

import compare
import values
from botocore.model import NoShapeFoundError

# Case: why our client does something else.
SKIPPED = {}


def one(wire, model, operation, case):
    """What is wrong with the reading of a case; None where nothing is."""
    given = case["response"]
    response = {
        "status": given["status_code"],
        "headers": given.get("headers", {}),
        "body": given.get("body", ""),
    }
    answer = wire.read(operation.name, response)
    if "error" in case:
        return exception_difference(model, answer, case)
    if "output" not in answer:
        return compare.clip(answer)
    shape = operation.output_shape
    if shape is None:
        return compare.difference(answer["output"], case["result"])
    theirs = values.to_wire(shape, case["result"])
    return compare.difference(values.without_defaults(shape, answer["output"], theirs), theirs)


def exception_difference(model, answer, case):
    """The difference of exceptions."""
    if "exception" not in answer:
        return compare.clip(answer)
    code = case.get("errorCode", "")
    try:
        shape = model.shape_for_error_code(code)
    except NoShapeFoundError:
        shape = None
    exception = answer["exception"]
    ours = {"code": exception["code"] or "", "message": exception["message"] or "", "fields": exception["fields"]}
    theirs = {"code": code, "message": case.get("errorMessage", ""), "fields": case["error"]}
    if shape:
        theirs["fields"] = values.to_wire(shape, case["error"])
        ours["fields"] = values.without_defaults(shape, ours["fields"], theirs["fields"])
    return compare.difference(ours, theirs)
