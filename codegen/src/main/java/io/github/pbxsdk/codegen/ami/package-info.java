/** Writes the typed AMI surface; start at {@link io.github.pbxsdk.codegen.ami.AmiCodegen}. */
@NullMarked
package io.github.pbxsdk.codegen.ami;

import org.jspecify.annotations.NullMarked;
