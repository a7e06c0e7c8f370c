/* SPDX-License-Identifier: Apache-2.0 */
/* What only some jobs ask for, put into a fixture by hand: where the masters hold up, the habits of
 * two engineers and of several years, and a mix that is to be released. */
#ifndef HS_TESTS_FIXTURE_PLACES_H
#define HS_TESTS_FIXTURE_PLACES_H

#include "fixture_audit.h"

void fixture_add_places(struct fixture *f);

#endif
