#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh PROGRAM SECONDS FOLDER: fuzzes from the seeds and what earlier runs found, which
# are kept in FOLDER. An input that crashes, hangs or takes too much memory is left there
# as FOLDER/found/NAME-..., and the exit code is not 0.
set -eu
program=$1 seconds=$2 folder=$3
name=$(basename "$program")
mkdir -p "$folder/$name" "$folder/seeds/$name" "$folder/found"
bash "$(dirname "$0")/seeds.sh" "$name" "$folder/seeds/$name"
export ASAN_OPTIONS=allocator_may_return_null=1:max_allocation_size_mb=1024:detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
most=65536
[ "$name" = fuzz_media ] && most=131072
exec "$program" -max_total_time="$seconds" -max_len=$most -timeout=60 -rss_limit_mb=2048 \
    -artifact_prefix="$folder/found/$name-" -print_final_stats=1 -verbosity=1 \
    -reload=0 "$folder/$name" "$folder/seeds/$name" 2>&1
