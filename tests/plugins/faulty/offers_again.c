/* Offers a tool that it has already, and another one when it runs. */
#include "fault.h"
#include "mcph/ext/offer.h"
static mcph_status call(void *self, const mcph_call *c);
TOOL(offers_again, 0, call);

static mcph_status offer(const mcph_host *host) {
  const mcph_offer_extension *api = host->extension(host, MCPH_EXT_OFFER);
  const mcph_offer offered = {sizeof offered, 1, offers_again_tools, NULL};
  return api->offer(host, &offered);
}

static mcph_status call(void *self, const mcph_call *c) {
  if (offer(self) != MCPH_E_UNAVAILABLE) return MCPH_E_INTERNAL;
  return c->content(c, TEXT("{\"type\":\"text\",\"text\":\"unavailable\"}"));
}

static mcph_status start(const mcph_host *host, mcph_str config, void **self) {
  (void)config;
  *self = (void *)host;
  return offer(host) == MCPH_E_INVALID_ARGUMENT ? MCPH_OK : MCPH_E_INTERNAL;
}
PLUGIN(offers_again, .start = start)
