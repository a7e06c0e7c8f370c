/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a master holds up: the destinations, and the number of a file at each. What was not asked
 * for has no row. Tables are constant; no function fails.
 */
#ifndef HS_REPORT_SURVIVAL_H
#define HS_REPORT_SURVIVAL_H

#include "model/audit.h"
#include "report/html.h"
#include "report/pages.h"

enum hs_survival_place {
    HS_AT_STREAMING,
    HS_AT_AAC_256,
    HS_AT_OPUS_128,
    HS_AT_AAC_128,
    HS_AT_MP3_128,
    HS_AT_VORBIS_160,
    HS_AT_FM,
    HS_AT_CAR_50,
    HS_AT_CAR_100,
    HS_AT_PHONE,
    HS_AT_LAPTOP,
    HS_AT_SMALL_SPEAKER,
    HS_AT_CLUB,
    HS_AT_VINYL,
    HS_N_SURVIVAL_PLACES,
};

/* What is shown of one destination. */
struct hs_survival_kind {
    const char *name, *what; /* "phone", "loudness left" */
    const char *unit;
    unsigned destination; /* of model/survival.h */
    enum hs_tier tier;
    int bad;              /* -1: low values are worse, +1: high ones */
    double step;          /* that is heard */
    double bad_beyond;    /* whatever others do; NaN: others decide */
    const char *rules[2]; /* by which it is judged; NULL: by none */
};
extern const struct hs_survival_kind hs_survival_kinds[HS_N_SURVIVAL_PLACES];

/* The worst that the rules of a place found in a track; NULL where they found nothing that counts,
 * or judge nothing there. */
const struct hs_finding *hs_survival_finding(enum hs_survival_place place,
                                             const struct hs_track_result *t);
/* The number of a file there; NaN where it is not known. */
double hs_survival_value(enum hs_survival_place place, const struct hs_file *file);
/* The reason, where there is no number. */
const char *hs_survival_why(enum hs_survival_place place, const struct hs_file *file);

/* The value as it is shown: "+1.0 dB", "58 %". */
void hs_html_survival_value(struct hs_html *h, enum hs_survival_place place, double x);
/* Whether two values look the same where they are shown. */
bool hs_survival_alike(enum hs_survival_place place, double a, double b);

#endif
