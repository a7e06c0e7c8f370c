/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store whose structure is damaged is made anew from what can still be read of it. The store
 * must be closed, and its lock be held.
 */
#ifndef HS_STORE_MEND_H
#define HS_STORE_MEND_H

#include "core/error.h"

#include <stddef.h>

/* Makes a new store of all rows of the closed store PATH that can be read and whose checksum
 * holds, and puts it in its place; the old file is kept as PATH.damaged (over an earlier
 * one). The folder must be ours alone. *n_rows: how many were taken over. */
enum hs_status hs_store_mend(const char *path, size_t *n_rows, struct hs_error *err);

#endif
