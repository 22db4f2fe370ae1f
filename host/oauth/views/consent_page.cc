#include "oauth/views/consent_page.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/url.h"
#include "oauth/display_text.h"
#include "oauth/endpoints.h"
#include "oauth/redirect_uri.h"
#include "oauth/views/page.h"

namespace mcph::oauth {
namespace {

constexpr std::size_t kNameCharactersMax = 64;  // two lines of a heading

constexpr std::string_view kShield =
    "<svg viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" "
    "stroke-linecap=\"round\" stroke-linejoin=\"round\"><path d=\"M12 21.5c5-2 8-5.2 8-10.5V5.5"
    "l-8-3-8 3V11c0 5.3 3 8.5 8 10.5z\"/><path d=\"m8.5 11.5 2.5 2.5 4.5-4.5\"/></svg>";
constexpr std::string_view kTick =
    "<svg viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.5\" "
    "stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">"
    "<path d=\"m5 12.5 4.5 4.5L19 7.5\"/></svg>";

// As it is registered in the DNS: names of other alphabets stay punycode ("xn--…"), where none
// looks like another. What was percent-encoded to look like one is not shown at all.
std::string host_of(std::string_view uri) {
  const auto url = parse_url(uri);
  if (!url.ok()) return {};
  const bool plain = std::all_of(url->host.begin(), url->host.end(),
                                 [](char c) { return c > 0x20 && c < 0x7f && c != '%'; });
  return plain ? url->host : std::string{};
}

bool is_punycode(std::string_view host) {
  return host.starts_with("xn--") || host.find(".xn--") != std::string_view::npos;
}

constexpr std::string_view kPunycodeRemark =
    "A name in another alphabet, written out: it may be made to look like one you know.";

std::string name_of(const Client& client) {
  std::string name = clean_text(client.name, kNameCharactersMax);
  return name.empty() ? "An application without a name" : name;
}

std::string name_of(const Settings& settings) {
  return settings.resource_name.empty() ? host_of(settings.issuer) : settings.resource_name;
}

// The first letter or digit, upper case; any other script keeps its first character.
std::string initial_of(std::string_view name) {
  std::size_t bytes = 1;
  while (bytes < name.size() && (static_cast<unsigned char>(name[bytes]) & 0xc0) == 0x80) ++bytes;
  std::string initial(name.substr(0, bytes));
  if (bytes == 1 && initial[0] >= 'a' && initial[0] <= 'z')
    initial[0] = static_cast<char>(initial[0] - 32);
  return initial;
}

void append_row(std::string& out, std::string_view term, std::string_view value,
                std::string_view remark) {
  out.append("<div><dt>").append(term).append("</dt><dd>").append(escape_html(value));
  if (!remark.empty()) out.append(" <small>").append(escape_html(remark)).append("</small>");
  out.append("</dd></div>\n");
}

std::string make_head(const Settings& settings, const std::string& name) {
  std::string out = "<div class=\"meet\" aria-hidden=\"true\"><span class=\"face\">";
  out.append(escape_html(initial_of(name))).append("</span><span class=\"dots\"></span>");
  out.append("<span class=\"face ours\">").append(kShield).append("</span></div>\n<h1>");
  out.append(escape_html(name)).append(" wants to use ").append(escape_html(name_of(settings)));
  out.append(
      " for you</h1>\n<p class=\"under\">If you approve, you sign in next. "
      "Nothing has been shared yet.</p>\n");
  return out;
}

std::string make_scopes(const Settings& settings, const AuthorizeRequest& request) {
  std::string out = "<h2 id=\"may\">It will be able to</h2>\n<ul aria-labelledby=\"may\">\n";
  bool any = false;
  for (const auto& scope : settings.scopes) {
    const auto& granted = request.scopes;
    if (std::find(granted.begin(), granted.end(), scope.name) == granted.end()) continue;
    const std::string& words = scope.words.empty() ? scope.name : scope.words;
    out.append("<li>")
        .append(kTick)
        .append("<span>")
        .append(escape_html(words))
        .append("</span></li>\n");
    any = true;
  }
  if (!any)
    out.append("<li>").append(kTick).append("<span>Use its tools in your name</span></li>\n");
  return out + "</ul>\n";
}

// What a sign-in asks the identity provider for, in its own words, as nobody here knows better
// ones.
std::string make_upstream_scopes(const Settings& settings) {
  std::string chips;
  for (const std::string& scope : settings.upstream_scopes) {
    if (scope == "openid") continue;  // that there is a sign-in at all
    chips.append("<code>").append(escape_html(scope)).append("</code> ");
  }
  if (chips.empty()) return {};
  return "<p class=\"upstream\">For this, your sign-in gives " + escape_html(name_of(settings)) +
         " access to: " + chips + "</p>\n";
}

// "24 November 2026"
std::string make_date(UnixTime time) {
  constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
  return std::to_string(static_cast<unsigned>(date.day())) + ' ' +
         std::string(kMonths[static_cast<unsigned>(date.month()) - 1]) + ' ' +
         std::to_string(static_cast<int>(date.year()));
}

std::string_view remark_on_name(const Client& client, const std::string& name) {
  if (mixes_alphabets(name)) {
    return "Letters of several alphabets are in this name: it may imitate another one.";
  }
  return client.kind != ClientKind::kAdmin ? "It gave itself this name; nobody has checked it."
                                           : "Set up by your administrator.";
}

std::string make_facts(const Client& client, const std::string& name,
                       const RedirectTarget& target) {
  const bool stranger = client.kind != ClientKind::kAdmin;
  std::string out = "<h2>Who asks, and where the answer goes</h2>\n<dl>\n";
  append_row(out, "Application", name, remark_on_name(client, name));
  const std::string site = host_of(client.client_uri);
  if (client.kind == ClientKind::kDocument) {
    // Not what it claims: its description was fetched from there.
    append_row(out, "Described at", site,
               is_punycode(site) ? kPunycodeRemark
                                 : "Checked: the application is described on this site.");
  } else if (!site.empty()) {
    append_row(out, "Its website", site,
               is_punycode(site) ? kPunycodeRemark
               : stranger        ? "Not checked either."
                                 : "");
  }
  if (stranger) append_row(out, "Known since", make_date(client.created_at), "");
  switch (target.kind) {
    case RedirectTarget::Kind::kWeb:
      append_row(out, "Sends you to", target.name,
                 is_punycode(target.name) ? kPunycodeRemark : std::string_view{});
      break;
    case RedirectTarget::Kind::kLoopback:
      append_row(out, "Sends you to", target.name, "A program on this computer.");
      break;
    case RedirectTarget::Kind::kApplication:
      append_row(out, "Sends you to", target.name + ":", "An application on this device.");
      break;
  }
  return out + "</dl>\n";
}

std::string make_note(const RedirectTarget& target) {
  if (target.kind == RedirectTarget::Kind::kWeb) return {};
  // RFC 8252 §8.6: no address proves who listens on this device.
  return "<div class=\"note\" role=\"note\"><p>Any program on this device could be the one that "
         "asks. "
         "Approve only if you have just started this yourself.</p></div>\n";
}

// The browser may go where the sign-in takes it, and back to the client.
std::string make_form_action(const Settings& settings, const AuthorizeRequest& request) {
  std::string sources = make_signin_sources(settings);
  const auto url = parse_url(request.redirect_uri);
  if (!url.ok() || url->scheme == "https") return sources;
  // A policy cannot name an IPv6 host.
  const bool by_scheme = url->scheme != "http" || url->is_ipv6;
  return sources.append(" ").append(by_scheme ? url->scheme + ':' : url->origin());
}

}  // namespace

Response make_consent_page(const Settings& settings, const Client& client,
                           const AuthorizeRequest& request, std::string_view sealed,
                           bool can_remember) {
  const std::string name = name_of(client);
  const RedirectTarget target = describe_redirect(request.redirect_uri);
  std::string main = make_head(settings, name);
  main.append(make_scopes(settings, request)).append(make_upstream_scopes(settings));
  main.append(make_facts(client, name, target)).append(make_note(target));
  main.append("<form method=\"post\" action=\"").append(kConsentPath).append("\">\n");
  main.append("<input type=\"hidden\" name=\"request\" value=\"").append(escape_html(sealed));
  main.append("\">\n");
  if (can_remember) {
    main.append(
        "<label class=\"remember\"><input type=\"checkbox\" name=\"remember\" value=\"yes\">"
        "<span>Do not ask me again in this browser</span></label>\n");
  }
  main.append(
      "<div class=\"buttons\">\n"
      "<button class=\"approve\" name=\"decision\" value=\"approve\">Approve</button>\n"
      "<button class=\"cancel\" name=\"decision\" value=\"cancel\">Cancel</button>\n"
      "</div>\n<p class=\"foot\">If this browser is signed in already, you go on as that person. "
      "<button class=\"link\" formaction=\"");
  main.append(kSignOutPath);
  main.append(
      "\">Use another account</button></p>\n</form>\n<p class=\"foot\">Your administrator can end "
      "this at any time. "
      "At the latest, it ends after ");
  const auto days = settings.refresh_token_lifetime.count() / (24 * 3600);
  main.append(days > 1 ? std::to_string(days) + " days" : "a day").append(".</p>\n");

  const std::string title = name + " asks for access";
  const std::string form_action = make_form_action(settings, request);
  return make_page({200, title, std::move(main), form_action});
}

}  // namespace mcph::oauth
