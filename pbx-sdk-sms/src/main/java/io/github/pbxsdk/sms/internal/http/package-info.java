/** Forms and times as providers write them. */
@NullMarked
package io.github.pbxsdk.sms.internal.http;

import org.jspecify.annotations.NullMarked;
