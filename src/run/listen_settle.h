/* SPDX-License-Identifier: Apache-2.0 */
/* What an alignment makes of a guess of init. */
#ifndef HS_RUN_LISTEN_SETTLE_H
#define HS_RUN_LISTEN_SETTLE_H

#include "init/archive.h"
#include "model/audit.h"

/* Takes the result of the alignment into a guess: the mix that it found moves to the front; without
 * one, candidates that only the fingerprint proposed are dropped, and those by name where the
 * alignment says that they are another recording. */
void hs_listen_settle(struct hs_archive *in, struct hs_guess *g, const struct hs_pair *p,
                      bool by_name);

#endif
