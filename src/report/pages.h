/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page is one file page_NAME.c of this folder, which ends in `const struct hs_page
 * hs_page_NAME`; the build collects them, and the writer, the navigation and the tests
 * follow from their descriptors. What the pages share stands in struct hs_pages: names,
 * counts and look-ups, made once from the audit. Internal to report/.
 */
#ifndef HS_REPORT_PAGES_H
#define HS_REPORT_PAGES_H

#include "judge/rule.h"
#include "model/audit.h"
#include "report/html.h"
#include "report/report.h"
#include "report/sister_levels.h"

/* More than this on one page and browsers grow slow (and people lost): rows of all tables
 * together, and nodes of the largest table. */
enum { HS_PAGE_ROWS = 400, HS_LIST_ROWS = 250, HS_PAGE_CELLS = 5500 };

struct hs_rule_count { /* over all tracks, for one rule */
    const char *id;
    const struct hs_rule *rule;             /* NULL: not known to this program */
    const struct hs_recurrence *recurrence; /* NULL: none */
    size_t found, counted, not_judged, judged, cured, accepted;
    size_t of_another;      /* minor and worse, but part of another fault */
    size_t counted_as_part; /* minor and worse, but a part of it has the name of the cause */
    size_t by_severity[HS_SEVERE + 1]; /* of the counted ones */
    size_t origins[HS_N_ORIGINS];      /* of the counted ones */
};

struct hs_pages {
    struct hs_arena arena;
    const struct hs_audit *audit;
    const struct hs_report_options *options;
    struct hs_rule_count *rules; /* recurring ones first, as catalogue/ ordered them */
    size_t n_rules;
    const struct hs_page *page; /* that is being written */
    const struct hs_page **nav; /* the pages of the navigation, in its order */
    size_t n_nav;
    const char **release_file;           /* n_releases names without ending */
    const struct hs_shortlist_row **row; /* of each track, NULL: none */
    const struct hs_clip ***clips;       /* per track: per finding, NULL where none */
    struct hs_sister_levels levels;      /* of instruments, in all tracks */
    size_t n_listed, n_counted, n_failed, n_not_judged, n_pairs, n_judged;
};

struct hs_page {
    const char *folder; /* "" or "tracks/" */
    const char *file;   /* name without ending; NULL: see `name` */
    const char *title;  /* NULL: `render` gives one */
    const char *nav;    /* its word in the navigation; NULL: it stands elsewhere */
    int place;          /* in the navigation, low first */
    bool of_track;      /* one for each track, written while the series of the track are at
                           hand: the index is the track's */
    /* How many there are; NULL: one, or one a track. None: nothing leads there. */
    size_t (*count)(const struct hs_pages *p);
    /* The name of one, where it is not `file`, `file`-2, ...; NULL for one that is not there. */
    const char *(*name)(struct hs_pages *p, size_t index);
    /* Appends the page to a cleared buffer; p->page is the descriptor. */
    void (*render)(struct hs_pages *p, struct hs_html *h, size_t index);
};

extern const struct hs_page *const hs_page_table[]; /* made by the build */
extern const size_t hs_n_pages;

void hs_pages_init(struct hs_pages *p, const struct hs_audit *audit,
                   const struct hs_report_options *options);
void hs_pages_free(struct hs_pages *p);

size_t hs_pages_of(const struct hs_pages *p, const struct hs_page *page); /* how many */

const struct hs_clip *hs_pages_clip(const struct hs_pages *p, const struct hs_track_result *t,
                                    const struct hs_finding *f);
/* Of an example: the clip of a track and a rule, whether it has the finding or not. */
const struct hs_clip *hs_pages_example(const struct hs_pages *p, size_t track, const char *rule);
const struct hs_release_row *hs_pages_release_row(const struct hs_pages *p, size_t release);

#endif
