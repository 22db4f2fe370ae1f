// The rules of STYLE.md and ARCHITECTURE.md that a machine can check. Each looks at one file (or at
// all) and says "path:line: what" for everything that breaks it.
#pragma once

#include <string>
#include <vector>

#include "tidy/repository.h"

namespace mcph::tidy {

using Findings = std::vector<std::string>;

Findings check_length(const SourceFile& file);
Findings check_whitespace(const SourceFile& file);
Findings check_banned_words(const SourceFile& file);
Findings check_header_comment(const SourceFile& file);
// Which folder of host/ may include which.
Findings check_dependency_rule(const SourceFile& file);
// Which folder may include which third-party library.
Findings check_third_party(const SourceFile& file);
// Two classes of one name in one namespace are undefined behaviour that no linker reports.
Findings check_unique_names(const std::vector<SourceFile>& files);

}  // namespace mcph::tidy
