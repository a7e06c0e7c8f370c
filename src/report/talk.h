/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The paragraph for a polite talk with the mastering engineer.
 */
#ifndef HS_REPORT_TALK_H
#define HS_REPORT_TALK_H

#include "report/pages.h"

/* What mastering was given, what it changed and what came of it, in plain words. */
void hs_html_talk(struct hs_html *h, const struct hs_track_result *t);

#endif
