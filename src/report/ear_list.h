/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ticks of an engineer's list against what was measured.
 */
#ifndef HS_REPORT_EAR_LIST_H
#define HS_REPORT_EAR_LIST_H

#include "report/pages.h"

/* The engineer's list against what was measured; nothing where there is none. */
void hs_html_ear_notes(struct hs_html *h, const struct hs_track_result *t);

#endif
