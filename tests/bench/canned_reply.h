// The one reply all ceilings give: of the size of a small tools/call result.
#pragma once

#include <string_view>

inline constexpr std::string_view kCannedBody =
    R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":)"
    R"("{\"sub\":\"user-0001\",\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",)"
    R"(\"scope\":\"openid profile email todo_api:read todo_api:write\",\"expires_in\":3540}"}],)"
    R"("isError":false}})";
