/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the store and how older ones are brought up to date. */
#ifndef HS_STORE_SCHEMA_H
#define HS_STORE_SCHEMA_H

#include "core/error.h"

#include <sqlite3.h>

/* Sets the pragmas, checks the application id and version, migrates in one transaction.
 * HS_E_VERSION: newer than this program; HS_E_FORMAT: damaged or not a store of ours. */
enum hs_status hs_schema_prepare(sqlite3 *db, const char *path, struct hs_error *err);

#endif
