/* mcph/ext/health.h - how the plugin is, for the host's operator. It is shown, and decides nothing:
 * a plugin whose API is down is no reason to take a host out of service. */
#ifndef MCPH_EXT_HEALTH_H
#define MCPH_EXT_HEALTH_H

#include "mcph/abi.h"

#define MCPH_EXT_HEALTH "mcph.health/1"

#define MCPH_HEALTH_OK 0u
#define MCPH_HEALTH_DEGRADED 1u /* some of it works, or slowly */
#define MCPH_HEALTH_FAILING 2u  /* no call can succeed */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mcph_health {
  uint32_t size, flags;
  /* [any] Replaces what was said before; a plugin that never says anything is ok. `sentence`: why,
     up to 512 bytes, without secrets and personal data; may be empty. */
  mcph_status (*report)(const mcph_host *host, uint32_t state, mcph_str sentence) MCPH_NOEXCEPT;
} mcph_health;

#ifdef __cplusplus
}
#endif
#endif
