/** What the packages of this module share; not for users. */
@NullMarked
package io.github.pbxsdk.ami.internal;

import org.jspecify.annotations.NullMarked;
