/* SPDX-License-Identifier: Apache-2.0 */
/* Stems that are the sum of others: a submix handed over beside its parts. Pure. */
#ifndef HS_STEMS_GROUPS_H
#define HS_STEMS_GROUPS_H

#include "stems/fitting.h"

/* A stem that is two others or more together, each with one gain all through, and with the same
 * polarity as in it; SIZE_MAX: none. By the first file. `part`, one for each stem: those it holds.
 */
size_t hs_stem_group(const struct hs_stem_fitting *f, bool *part);

#endif
