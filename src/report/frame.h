/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame of every page: head with navigation, foot, and the links between the pages of one
 * list. Appends to a struct hs_html; no function fails. hs_frame_begin opens <main>, hs_frame_end
 * closes it; p->page must be the descriptor of the page.
 */
#ifndef HS_REPORT_FRAME_H
#define HS_REPORT_FRAME_H

#include "report/pages.h"

/* The head up to <main>; `title` NULL: that of the page's descriptor. */
void hs_frame_begin(struct hs_pages *p, struct hs_html *h, const char *title);
void hs_frame_end(struct hs_pages *p, struct hs_html *h);
/* The list of tracks at fault under a rule, short list, ...: how many pages of rows. */
size_t hs_page_count(size_t rows, size_t per_page);
/* "NAME" for the first, "NAME-2" for the second page. */
const char *hs_page_name(struct hs_arena *a, const char *name, size_t number);
void hs_html_pager(struct hs_pages *p, struct hs_html *h, const char *folder, const char *name,
                   size_t number, size_t n_pages);

#endif
