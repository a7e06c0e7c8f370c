# SPDX-License-Identifier: Apache-2.0
# These files are compiled once per instruction level, always optimised: they are the
# inner loops. The three -f flags let a plain "larger of both" become one instruction;
# samples are screened of NaN and Inf before. No level may contract multiply and add.
set(HS_KERNEL_SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/src/dsp/kernels_samples.c
    ${CMAKE_CURRENT_SOURCE_DIR}/src/dsp/kernels_filters.c
    ${CMAKE_CURRENT_SOURCE_DIR}/src/dsp/kernels_bins.c
    ${CMAKE_CURRENT_SOURCE_DIR}/src/dsp/kernels_pairs.c
    ${CMAKE_CURRENT_SOURCE_DIR}/src/dsp/kernels_lapped.c)
get_target_property(HS_ALL_SOURCES hs SOURCES)
list(REMOVE_ITEM HS_ALL_SOURCES ${HS_KERNEL_SOURCES})
set_target_properties(hs PROPERTIES SOURCES "${HS_ALL_SOURCES}")
set(HS_KERNEL_FLAGS -O3 -ffp-contract=off -fno-signed-zeros -ffinite-math-only
    -fno-trapping-math -Wno-psabi)

function(hs_kernel_level level)
    add_library(kernels_${level} OBJECT ${HS_KERNEL_SOURCES})
    target_include_directories(kernels_${level} PRIVATE src)
    target_compile_definitions(kernels_${level} PRIVATE HS_LEVEL=${level})
    target_compile_options(kernels_${level} PRIVATE -Wall -Wextra
        $<$<BOOL:${HINDSIGHT_WERROR}>:-Werror> ${HS_KERNEL_FLAGS} ${ARGN})
    set_target_properties(kernels_${level} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    if(HINDSIGHT_SANITIZE)
        target_compile_options(kernels_${level} PRIVATE -fsanitize=${HINDSIGHT_SANITIZE}
                               -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    endif()
    if(HINDSIGHT_COVERAGE)
        target_compile_options(kernels_${level} PRIVATE --coverage)
    endif()
    target_sources(hs PRIVATE $<TARGET_OBJECTS:kernels_${level}>)
endfunction()

hs_kernel_level(baseline)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    hs_kernel_level(v3 -march=x86-64-v3)
    target_compile_definitions(hs PRIVATE HS_KERNELS_V3)
endif()
