#include "from_yaml.h"

#include <yaml.h>

#include <map>

#include "limits.h"
#include "reading.h"

namespace openapi {
namespace {

std::string text_of(const yaml_char_t* text) {
  return text != nullptr ? reinterpret_cast<const char*>(text) : "";
}

void check_tag(const yaml_char_t* tag) {
  if (tag != nullptr) throw Refusal("tags are not supported: " + shorten(text_of(tag), 64));
}

// A plain scalar (YAML 1.2 §10.3.2). A number that JSON writes in another way stays a text.
Json read_plain(const std::string& text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
    return {};
  }
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (text[0] != '-' && (text[0] < '0' || text[0] > '9')) return text;
  try {
    return Json::parse(text);
  } catch (const mcph::JsonError&) {
    return text;
  }
}

class YamlReader {
 public:
  YamlReader(std::string_view text, std::size_t bytes_max) : bytes_max_(bytes_max) {
    if (yaml_parser_initialize(&parser_) == 0) throw Refusal("out of memory");
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~YamlReader() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;

  std::string read() {
    next();  // the stream
    if (next() != YAML_DOCUMENT_START_EVENT) throw Refusal("the document is empty");
    next();
    write_value(0);
    next();  // the end of the document
    if (next() != YAML_STREAM_END_EVENT) throw Refusal("the file has a second document");
    return std::move(json_);
  }

 private:
  yaml_event_type_t next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) == 0) {
      throw Refusal("the document is neither JSON nor YAML: line " +
                    std::to_string(parser_.problem_mark.line + 1) + ": " +
                    (parser_.problem != nullptr ? parser_.problem : "not valid"));
    }
    return event_.type;
  }

  void check_size(std::size_t more) const {
    if (json_.size() + more > bytes_max_) {
      throw Refusal("the document has more than " + std::to_string(bytes_max_) + " bytes as JSON");
    }
  }

  // Of the current event; afterwards the last event of the value is current.
  void write_value(std::size_t depth) {
    if (depth > kDocumentDepthMax) throw Refusal("the document is nested too deeply");
    check_size(1);
    const std::size_t begin = json_.size();
    switch (event_.type) {
      case YAML_ALIAS_EVENT:
        return write_alias(text_of(event_.data.alias.anchor));
      case YAML_SCALAR_EVENT: {
        const std::string anchor = text_of(event_.data.scalar.anchor);
        write_scalar();
        return keep(anchor, begin);
      }
      case YAML_SEQUENCE_START_EVENT: {
        const std::string anchor = text_of(event_.data.sequence_start.anchor);
        write_sequence(depth);
        return keep(anchor, begin);
      }
      default: {
        const std::string anchor = text_of(event_.data.mapping_start.anchor);
        write_mapping(depth);
        return keep(anchor, begin);
      }
    }
  }

  // Only of finished values, so none contains itself.
  void keep(const std::string& anchor, std::size_t begin) {
    if (!anchor.empty()) anchors_[anchor] = {begin, json_.size()};
  }

  void write_alias(const std::string& name) {
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) throw Refusal("alias *" + name + " stands for nothing yet");
    const auto [begin, end] = found->second;
    check_size(end - begin);
    json_.append(json_.substr(begin, end - begin));
  }

  void write_sequence(std::size_t depth) {
    check_tag(event_.data.sequence_start.tag);
    char before = '[';
    while (next() != YAML_SEQUENCE_END_EVENT) {
      json_ += before;
      write_value(depth + 1);
      before = ',';
    }
    json_ += before == '[' ? "[]" : "]";
  }

  void write_mapping(std::size_t depth) {
    check_tag(event_.data.mapping_start.tag);
    char before = '{';
    while (next() != YAML_MAPPING_END_EVENT) {
      if (event_.type != YAML_SCALAR_EVENT) throw Refusal("a key is no text");
      const std::string key = scalar();
      if (key == "<<") throw Refusal("merge keys (<<) are not supported");
      json_ += before;
      mcph::append_quoted(json_, key);
      json_ += ':';
      next();
      write_value(depth + 1);
      before = ',';
    }
    json_ += before == '{' ? "{}" : "}";
  }

  std::string scalar() const {
    return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
  }

  void write_scalar() {
    check_tag(event_.data.scalar.tag);
    const bool plain = event_.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    json_ += plain ? read_plain(scalar()).write() : mcph::quoted(scalar());
  }

  const std::size_t bytes_max_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  std::string json_;
  std::map<std::string, std::pair<std::size_t, std::size_t>> anchors_;  // where in json_
};

}  // namespace

std::string make_json_of_yaml(std::string_view text, std::size_t bytes_max) {
  return YamlReader(text, bytes_max).read();
}

}  // namespace openapi
