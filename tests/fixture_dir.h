/* SPDX-License-Identifier: Apache-2.0 */
/* Scratch folders of tests. */
#ifndef FIXTURE_DIR_H
#define FIXTURE_DIR_H

#include <stdbool.h>

bool remove_tree(const char *path); /* with all that is in it; links are not followed */

#endif
