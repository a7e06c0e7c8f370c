/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of a report, and what they share: names, counts and look-ups made once from
 * the audit. Each page_* appends one whole page to a cleared struct hs_html. Internal to
 * report/.
 */
#ifndef HS_REPORT_PAGES_H
#define HS_REPORT_PAGES_H

#include "judge/rule.h"
#include "model/audit.h"
#include "report/html.h"
#include "report/report.h"

/* More than this on one page and browsers grow slow (and people lost): rows of all tables
 * together, and nodes of the largest table. */
enum { HS_PAGE_ROWS = 400, HS_LIST_ROWS = 250, HS_PAGE_CELLS = 5500 };

struct hs_rule_count { /* over all tracks, for one rule */
    const char *id;
    const struct hs_rule *rule;             /* NULL: not known to this program */
    const struct hs_recurrence *recurrence; /* NULL: none */
    size_t found, counted, not_judged, judged, cured, accepted;
    size_t by_severity[HS_SEVERE + 1]; /* of the counted ones */
    size_t origins[HS_N_ORIGINS];      /* of the counted ones */
};

struct hs_pages {
    struct hs_arena arena;
    const struct hs_audit *audit;
    const struct hs_report_options *options;
    struct hs_rule_count *rules; /* recurring ones first, as catalogue/ ordered them */
    size_t n_rules;
    const char **release_file;           /* n_releases names without ending */
    const struct hs_shortlist_row **row; /* of each track, NULL: none */
    const struct hs_clip ***clips;       /* per track: per finding, NULL where none */
    size_t n_listed, n_counted, n_failed, n_not_judged, n_pairs, n_judged;
    size_t n_maps; /* pages of the map beside the index, 0: it stands on the index */
};

void hs_pages_init(struct hs_pages *p, const struct hs_audit *audit,
                   const struct hs_report_options *options);
void hs_pages_free(struct hs_pages *p);

/* Look-ups */
const struct hs_rule_count *hs_pages_rule(const struct hs_pages *p, const char *id);
const struct hs_finding *hs_track_finding(const struct hs_track_result *t, const char *rule);
const struct hs_judgement *hs_track_judgement(const struct hs_track_result *t, const char *rule);
const char *hs_track_not_judged(const struct hs_track_result *t, const char *rule);
const struct hs_finding *hs_track_worst(const struct hs_track_result *t); /* counting, or NULL */
size_t hs_track_counted(const struct hs_track_result *t);
const struct hs_clip *hs_pages_clip(const struct hs_pages *p, const struct hs_track_result *t,
                                    const struct hs_finding *f);
const struct hs_release *hs_track_release(const struct hs_pages *p,
                                          const struct hs_track_result *t);

/* Words and signs */
const char *hs_rule_title(const char *id);
const char *hs_severity_sign(enum hs_severity s);
const char *hs_origin_words(enum hs_origin o); /* "in the mix already" */
const char *hs_origin_short(enum hs_origin o); /* "mix" "worse" "eased" ... */
bool hs_origin_in_mix(enum hs_origin o);
const char *hs_tick_sign(enum hs_answer tick);
const char *hs_action_words(enum hs_action action);
const char *hs_recall_words(enum hs_recall recall);
/* Digits that a value in `unit` deserves. */
int hs_unit_digits(const char *unit);

/* Pieces that several pages use */
void hs_page_begin(struct hs_pages *p, struct hs_html *h, const char *root, const char *title,
                   const char *here);
void hs_page_end(struct hs_html *h);
void hs_put_severity(struct hs_html *h, enum hs_severity s); /* sign and word */
void hs_put_tier(struct hs_html *h, enum hs_tier tier);
void hs_put_track_link(struct hs_html *h, const struct hs_track_result *t);
void hs_put_rule_link(struct hs_html *h, const char *rule);
void hs_put_release_link(struct hs_pages *p, struct hs_html *h, size_t release);
void hs_put_range(struct hs_html *h, const double range[2], int digits, const char *unit);
void hs_put_rate(struct hs_html *h, int faulty, int judged, struct hs_interval i);
void hs_put_origins(struct hs_html *h, const struct hs_rule_count *r);
void hs_put_passages(struct hs_html *h, const struct hs_passage *s, size_t n, size_t most);
void hs_put_correction(struct hs_html *h, const struct hs_finding *f);
void hs_put_table_begin(struct hs_html *h, const char *id, const char *klass, const char *caption);
void hs_put_table_end(struct hs_html *h);
void hs_put_digest(struct hs_html *h, const char *text, size_t most_lines);
/* Cells of the map: one track or one release against one rule. */
void hs_put_map_head(struct hs_pages *p, struct hs_html *h, const char *first);
void hs_put_map_row(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);
void hs_put_map_legend(struct hs_html *h);
size_t hs_map_columns(const struct hs_pages *p);
size_t hs_map_rows_per_page(const struct hs_pages *p);

/* Charts (each a whole <figure>); nothing is written where there is nothing to draw. */
void hs_chart_spectrum(struct hs_html *h, const struct hs_track_result *t,
                       const struct hs_expected_spectrum *expected);
void hs_chart_time(struct hs_html *h, const struct hs_track_result *t);
void hs_chart_stereo(struct hs_html *h, const struct hs_track_result *t);
void hs_chart_transfer(struct hs_html *h, const struct hs_pair *pair);
void hs_chart_gauge(struct hs_html *h, const struct hs_finding *f, const char *id);
void hs_chart_strip(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                    const char *id, bool small);
/* A bar of the rate with its interval and the references' rate; the text stands beside. */
void hs_chart_rate(struct hs_html *h, const struct hs_recurrence *r);
void hs_chart_years(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                    const char *id);

/* Pages */
void hs_page_index(struct hs_pages *p, struct hs_html *h);
void hs_page_map(struct hs_pages *p, struct hs_html *h, size_t number);
void hs_page_track(struct hs_pages *p, struct hs_html *h, size_t track);
void hs_page_pair(struct hs_pages *p, struct hs_html *h, size_t track);
void hs_page_rule(struct hs_pages *p, struct hs_html *h, size_t rule);
void hs_page_release(struct hs_pages *p, struct hs_html *h, size_t release, size_t number);
void hs_page_releases(struct hs_pages *p, struct hs_html *h, size_t number);
void hs_page_rules(struct hs_pages *p, struct hs_html *h);
void hs_page_shortlist(struct hs_pages *p, struct hs_html *h, size_t number);
void hs_page_plan(struct hs_pages *p, struct hs_html *h, size_t track);
void hs_page_lessons(struct hs_pages *p, struct hs_html *h);
void hs_page_measures(struct hs_pages *p, struct hs_html *h);

/* The list of tracks at fault under a rule, short list, ...: how many pages of rows. */
size_t hs_page_count(size_t rows, size_t per_page);
/* "NAME" for the first, "NAME-2" for the second page. */
const char *hs_page_name(struct hs_arena *a, const char *name, size_t number);
void hs_put_pager(struct hs_pages *p, struct hs_html *h, const char *folder, const char *name,
                  size_t number, size_t n_pages);

#endif
