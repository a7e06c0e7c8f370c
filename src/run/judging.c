/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Rows of the store become results of files, pairs and tracks.
 * 2. Previews, findings, and what services do with whole albums.
 * 3. Updates before the catalogue: verified files count in the short list.
 */
#include "run/judging.h"

#include "catalogue/backtest.h"
#include "catalogue/catalogue.h"
#include "catalogue/preview_verdict.h"
#include "core/fs.h"
#include "judge/judge.h"
#include "judge/previewed.h"
#include "model/survival.h"
#include "report/anonymous.h"
#include "run/previews.h"
#include "run/separator.h"
#include "run/updates.h"
#include "survival/platforms.h"

enum hs_status hs_judging_do(const struct hs_judging *j, struct hs_results *results,
                             struct hs_audit *audit, struct hs_error *err)
{
    const struct hs_entries *entries = &j->gather->entries;
    const struct hs_separator *separator = j->gather->separator;
    audit->job = j->job;
    audit->survival = j->gather->survival;
    *results = (struct hs_results){
        .store = j->store,
        .arena = &audit->arena,
        .separator = separator ? j->gather->separator_key : NULL,
        .separated_by = separator ? hs_separator_words(separator, &audit->arena) : NULL};
    if (j->anonymous)
        hs_anonymous_stems(j->job, &audit->arena);
    hs_results_files(results, &j->gather->entries);
    hs_results_tracks(results, entries, audit);
    hs_previews_read(j->store, entries, audit);
    hs_judge_audit(audit);
    if (audit->survival & HS_TO_PLATFORMS)
        hs_platforms_read_albums(audit);
    hs_judge_previews(audit);
    struct hs_verification *updates;
    size_t n;
    const char *plans = hs_path_join(&audit->arena, j->out, "plans");
    enum hs_status status =
        hs_updates_verify(results, audit, plans, HS_BAD_PLAN_ANEW, j->log, &updates, &n, err);
    if (status == HS_OK)
        hs_catalogue_analyse(audit);
    hs_backtest_make(audit);
    hs_preview_verdict_make(audit);
    return status;
}
