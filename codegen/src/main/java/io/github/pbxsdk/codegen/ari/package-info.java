/** Writes the typed ARI surface; start at {@link io.github.pbxsdk.codegen.ari.AriCodegen}. */
@NullMarked
package io.github.pbxsdk.codegen.ari;

import org.jspecify.annotations.NullMarked;
