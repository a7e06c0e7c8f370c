/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signs of life of long work, from the thread that does it. They are given only when
 * something has moved: bytes or frames that were read, a step of a calculation. Work that
 * is stuck gives none, and whoever watches may end it.
 */
#ifndef HS_CORE_ALIVE_H
#define HS_CORE_ALIVE_H

#include <stddef.h>

struct hs_alive {
    void (*tell)(void *ctx, double moved, double audio_s);
    void *ctx;
};

/* `moved`: how much further, in any unit; `audio_s`: seconds of audio among it, for the
 * progress line. `alive` may be NULL. */
static inline void hs_alive_tell(const struct hs_alive *alive, double moved, double audio_s)
{
    if (alive && moved > 0)
        alive->tell(alive->ctx, moved, audio_s);
}

#endif
