/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a listener says to a finding, on the page itself: plain radio buttons, which a script
 * keeps and gives out as answers.yaml, and which without a script show the line to copy.
 */
#ifndef HS_REPORT_ANSWER_H
#define HS_REPORT_ANSWER_H

#include "model/job.h"
#include "report/html.h"
#include <stdbool.h>

/* Where answers are kept, and that they have to be carried off to count. */
void hs_html_answers_kept(struct hs_html *h);
/* `note`: with a line for words. */
void hs_html_answer_form(struct hs_html *h, const struct hs_track *of, const char *rule, bool note);

#endif
