// Service messages: what happened in a group, as lines between the bubbles.

/**
 * The words of a service message.
 * @param {Object} message Bot API message
 * @returns {string|null} null for an ordinary message
 */
export function serviceWords(message) {
  if (message.group_chat_created || message.supergroup_chat_created) return "Группа создана";
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "Группа стала супергруппой";
  const [came] = message.new_chat_members ?? [];
  if (came) return came.is_bot ? "Бот добавлен в группу" : `Теперь в группе: ${name(came)}`;
  const left = message.left_chat_member;
  if (!left) return null;
  if (!left.is_bot) return `Больше не в группе: ${name(left)}`;
  return message.from.id === left.id ? "Бот вышел из группы" : "Бот убран из группы";
}

/** First and last name. @param {Object} user Bot API user */
export function name(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}
