/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preview, and the back-test of previews, as JSON. Loudness in LUFS, gains in dB; null where
 * there is none. No function fails.
 */
#ifndef HS_REPORT_JSON_PREVIEW_H
#define HS_REPORT_JSON_PREVIEW_H

#include "report/json.h"

/* null where there is none. */
void hs_json_put_preview(struct hs_json *j, const char *key, const struct hs_preview *p,
                         const struct hs_backtest *b);
void hs_json_put_backtest(struct hs_json *j, const char *key, const struct hs_backtest *b);

#endif
