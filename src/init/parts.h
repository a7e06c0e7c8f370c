/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which file is a master, which a mix: what folders and names say; then how it is
 * stored (released files are tagged or lossily coded); then its company and what else speaks for a
 * release or a mix (init/signs.h); last its loudness. What is not told stays open, with its signs.
 */
#ifndef HS_INIT_PARTS_H
#define HS_INIT_PARTS_H

#include "init/copies.h"
#include "init/open_parts.h"

/* Decides what is a master and what is a mix, sets aside the rest. Fails only where
 * `loudness` or `same_audio` fails. */
enum hs_status hs_init_parts(struct hs_archive *in, hs_loudness_of *loudness,
                             hs_same_audio *same_audio, struct hs_error *err);

#endif
