/** What several fakes share; not for use outside of this module. */
@NullMarked
package io.github.pbxsdk.testing.internal;

import org.jspecify.annotations.NullMarked;
