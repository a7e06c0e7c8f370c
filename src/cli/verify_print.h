/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verified updates as text for people and as JSON, appended to `out`. Values are in the unit of
 * each rule.
 */
#ifndef HS_CLI_VERIFY_PRINT_H
#define HS_CLI_VERIFY_PRINT_H

#include "catalogue/verify.h"
#include "core/buf.h"

void hs_verify_put_text(const struct hs_audit *audit, const struct hs_verification *v, size_t n,
                        struct hs_buf *out);
void hs_verify_put_json(const struct hs_audit *audit, const struct hs_verification *v, size_t n,
                        struct hs_buf *out);

#endif
