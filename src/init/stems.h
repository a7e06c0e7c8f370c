/* SPDX-License-Identifier: Apache-2.0 */
/* Stems that were found, offered to the track they seem to belong to. */
#ifndef HS_INIT_STEMS_H
#define HS_INIT_STEMS_H

#include "init/archive.h"

/* After the pairs are settled: a stem lies in a folder of the song's name, or its name begins
 * with the song's. It becomes a companion of that track, with what else its name says as
 * its role. */
void hs_init_stems(struct hs_archive *in);

#endif
