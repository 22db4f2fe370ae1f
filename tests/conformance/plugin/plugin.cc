// The offers, in the order of the suite's documentation.
#include "conformance.h"

namespace {

using conformance::Plugin;

constexpr const char* kNothing = R"({"type":"object","properties":{}})";
constexpr const char* kPrompt =
    R"({"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]})";
constexpr const char* kMessage =
    R"({"type":"object","properties":{"message":{"type":"string"}},"required":["message"]})";
constexpr const char* kName =
    R"({"type":"object","properties":{"name":{"type":"string"}},"required":["name"]})";
constexpr const char* kFilename =
    R"({"type":"object","properties":{"filename":{"type":"string"}},"required":["filename"]})";
constexpr const char* kSeconds =
    R"({"type":"object","properties":{"seconds":{"type":"number"},"label":{"type":"string"}},)"
    R"("required":["seconds"]})";
constexpr const char* kRegion =
    R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}})";
constexpr const char* kComposed =
    R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",)"
    R"("$defs":{"address":{"$anchor":"addressDef","type":"object",)"
    R"("properties":{"street":{"type":"string"},"city":{"type":"string"}}}},)"
    R"("properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},)"
    R"("contactMethod":{"type":"string","enum":["phone","email"]},)"
    R"("phone":{"type":"string"},"email":{"type":"string"}},)"
    R"("allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],)"
    R"("if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},)"
    R"("then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false})";

constexpr std::uint32_t kQuick = MCPH_READ_ONLY | MCPH_IDEMPOTENT | MCPH_NEVER_BLOCKS;
constexpr std::uint32_t kSlow = MCPH_READ_ONLY;

}  // namespace

#define TOOL(method, name, schema, flags) \
  mcph::tool<&Plugin::method>(name, "For the conformance suite: " #method ".", schema, flags)
#define ASK(method, name) TOOL(method, "test_input_required_result_" name, kNothing, kQuick)
#define RESOURCE(method, uri, name, mime_type)                                                     \
  mcph::resource<&Plugin::method>(uri, name, "For the conformance suite: " #method ".", mime_type, \
                                  MCPH_NEVER_BLOCKS)
#define PROMPT(method, name, arguments)                                                     \
  mcph::prompt<&Plugin::method>(name, "For the conformance suite: " #method ".", arguments, \
                                MCPH_NEVER_BLOCKS)

MCPH_PLUGIN(Plugin, "conformance", "1.0.0",  //
            TOOL(simple_text, "test_simple_text", kNothing, kQuick),
            TOOL(image_content, "test_image_content", kNothing, kQuick),
            TOOL(audio_content, "test_audio_content", kNothing, kQuick),
            TOOL(embedded_resource, "test_embedded_resource", kNothing, kQuick),
            TOOL(multiple_content_types, "test_multiple_content_types", kNothing, kQuick),
            TOOL(error_handling, "test_error_handling", kNothing, kQuick),
            TOOL(with_progress, "test_tool_with_progress", kNothing, kSlow),
            TOOL(echo_arguments, "json_schema_2020_12_tool", kComposed, kQuick),
            TOOL(with_logging, "test_tool_with_logging", kNothing, kSlow),
            TOOL(sampling, "test_sampling", kPrompt, kQuick),
            TOOL(elicitation, "test_elicitation", kMessage, kQuick),
            TOOL(elicitation_defaults, "test_elicitation_sep1034_defaults", kNothing, kQuick),
            TOOL(elicitation_enums, "test_elicitation_sep1330_enums", kNothing, kQuick),
            TOOL(reconnection, "test_reconnection", kNothing, kSlow),
            TOOL(missing_capability, "test_missing_capability", kNothing, kQuick),
            TOOL(streaming_elicitation, "test_streaming_elicitation", kNothing, kQuick),
            TOOL(logging, "test_logging_tool", kNothing, kQuick),
            TOOL(trigger_tool_change, "test_trigger_tool_change", kNothing, kQuick),
            TOOL(trigger_prompt_change, "test_trigger_prompt_change", kNothing, kQuick),
            TOOL(trigger_resource_update, "test_trigger_resource_update", kNothing, kQuick),
            ASK(ask_elicitation, "elicitation"), ASK(ask_sampling, "sampling"),
            ASK(ask_list_roots, "list_roots"), ASK(ask_with_state, "request_state"),
            ASK(ask_multiple, "multiple_inputs"), ASK(ask_multi_round, "multi_round"),
            ASK(ask_with_state, "tampered_state"), ASK(ask_capabilities, "capabilities"),
            TOOL(region, "test_x_mcp_header", kRegion, kQuick), TOOL(greet, "greet", kName, kQuick),
            TOOL(slow_compute, "slow_compute", kSeconds, kSlow | MCPH_MAY_BE_TASK),
            TOOL(failing_job, "failing_job", kNothing, kSlow | MCPH_NEEDS_TASK),
            TOOL(protocol_error_job, "protocol_error_job", kNothing, kSlow | MCPH_NEEDS_TASK),
            TOOL(confirm_delete, "confirm_delete", kFilename, MCPH_DESTRUCTIVE | MCPH_MAY_BE_TASK),
            TOOL(multi_input, "multi_input", kNothing, kSlow | MCPH_MAY_BE_TASK),
            TOOL(tool_with_task, "test_tool_with_task", kNothing, kSlow | MCPH_NEEDS_TASK),
            RESOURCE(static_text, "test://static-text", "static-text", "text/plain"),
            RESOURCE(static_binary, "test://static-binary", "static-binary", "image/png"),
            RESOURCE(watched, "test://watched-resource", "watched-resource", "text/plain"),
            RESOURCE(from_template, "test://template/{id}/data", "template", "application/json"),
            PROMPT(simple_prompt, "test_simple_prompt", nullptr),
            PROMPT(prompt_with_arguments, "test_prompt_with_arguments",
                   R"([{"name":"arg1","description":"The first.","required":true},)"
                   R"({"name":"arg2","description":"The second.","required":true}])"),
            PROMPT(prompt_with_resource, "test_prompt_with_embedded_resource",
                   R"([{"name":"resourceUri","description":"Of the resource.","required":true}])"),
            PROMPT(prompt_with_image, "test_prompt_with_image", nullptr),
            PROMPT(ask_prompt, "test_input_required_result_prompt", nullptr));
