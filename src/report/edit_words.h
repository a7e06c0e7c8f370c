/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a master that was cut differently was cut, in one plain sentence.
 */
#ifndef HS_REPORT_EDIT_WORDS_H
#define HS_REPORT_EDIT_WORDS_H

#include "core/buf.h"
#include "model/audit.h"

/* "Edits: 2.0 s of the mix cut out at 20.1 s, 12.0 to 20.0 s of the mix played twice." Times are
 * those of the master but where the mix is named; nothing where it has no two pieces. */
void hs_edit_words(const struct hs_pair *p, struct hs_buf *out);

#endif
