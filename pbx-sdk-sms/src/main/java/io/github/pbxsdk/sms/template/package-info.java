/**
 * Texts with gaps: one text for many, with what is each one's own.
 *
 * <p>Start at {@link io.github.pbxsdk.sms.template.MessageTemplate}; {@link
 * io.github.pbxsdk.sms.template.TemplateStore} keeps them. Arguments must not be null unless marked
 * so.
 */
@NullMarked
package io.github.pbxsdk.sms.template;

import org.jspecify.annotations.NullMarked;
