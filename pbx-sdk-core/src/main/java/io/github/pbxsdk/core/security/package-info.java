/** Secrets, rights and trust. */
@NullMarked
package io.github.pbxsdk.core.security;

import org.jspecify.annotations.NullMarked;
