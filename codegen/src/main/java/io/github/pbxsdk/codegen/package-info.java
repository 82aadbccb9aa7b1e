/** Writes source code from data files while the project is built; start at the main classes. */
@NullMarked
package io.github.pbxsdk.codegen;

import org.jspecify.annotations.NullMarked;
