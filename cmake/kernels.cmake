# SPDX-License-Identifier: Apache-2.0
# Kernel files of src/dsp that are compiled once per instruction level are listed here.
# Loops over bins and taps: vectorised; fixed lanes keep the bits the same at every level.
set_source_files_properties(src/dsp/spectral.c src/dsp/decimate.c PROPERTIES
    COMPILE_OPTIONS "$<$<NOT:$<CONFIG:Debug>>:-O3>")
