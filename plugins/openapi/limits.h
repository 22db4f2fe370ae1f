// The limits of documents, tools and answers. A document comes from the operator, but was written
// by somebody else.
#pragma once

#include <cstddef>

namespace openapi {

inline constexpr std::size_t kDocumentBytesMax = 8u << 20;     // the largest APIs have 5 MiB
inline constexpr std::size_t kDocumentValuesMax = 1'000'000;   // of JSON: bounds the memory
inline constexpr std::size_t kDocumentDepthMax = 64;           // as mcph::Json reads
inline constexpr std::size_t kDocumentOperationsMax = 5'000;   // what is in it, chosen or not
inline constexpr std::size_t kToolsMax = 256;                  // models choke on fewer
inline constexpr std::size_t kRefsMax = 16;                    // a $ref that leads to a $ref ...
inline constexpr std::size_t kParametersMax = 64;              // of one operation
inline constexpr std::size_t kBodyMembersMax = 128;            // that become arguments
inline constexpr std::size_t kSchemaPartsMax = 4'000;          // of one tool, the host takes more
inline constexpr std::size_t kSchemaBytesMax = 64 * 1024 - 1;  // as the host takes them
inline constexpr std::size_t kTitleBytesMax = 128;             // a line in a list of tools
inline constexpr std::size_t kDescriptionBytesMax = 1'024;     // every call pays for it in tokens
inline constexpr std::size_t kPatternBytesMax = 200;
inline constexpr std::size_t kNameBytesMax = 64;         // of an argument; clients' limit
inline constexpr std::size_t kToolNameBytesMax = 128;    // MCP 2025-11-25, tool names
inline constexpr std::size_t kUrlBytesMax = 8 * 1024;    // as the host sends
inline constexpr std::size_t kAnswerBytes = 256 * 1024;  // more than a model wants to read
inline constexpr std::size_t kErrorBytesMax = 1'024;     // of an API's own error, shown
inline constexpr std::size_t kRetryAfterBytesMax = 64;   // seconds, or a date

}  // namespace openapi
