/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line beside a player: what to listen for, from the table of rules, and how the sounds of the
 * clip compare. Without a clip it is said where to listen instead.
 */
#ifndef HS_REPORT_LISTEN_H
#define HS_REPORT_LISTEN_H

#include "report/clips.h"
#include "report/html.h"

/* `finding` NULL: the song has none; `clip` NULL: there is no sound here. */
void hs_html_listen(struct hs_html *h, const char *rule, const struct hs_finding *finding,
                    const struct hs_clip *clip);

#endif
