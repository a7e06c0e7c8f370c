/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the previews of a mix say in the end: from which loudness on each fault shows, how loud
 * the mix can be in this chain, what it is that holds it, and what a mastering engineer will ask
 * for. Pure but for the audit's arena.
 */
#ifndef HS_CATALOGUE_PREVIEW_VERDICT_H
#define HS_CATALOGUE_PREVIEW_VERDICT_H

#include "model/audit.h"

/* Fills first faults, the loudness it carries and what will be asked for, of every mix that is to
 * be released. Previews must be judged, and the back-test made. */
void hs_preview_verdict_make(struct hs_audit *audit);

#endif
