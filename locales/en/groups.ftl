# The bot in group chats, and its name typed in any chat.

group-hello =
    Hello! Here you can sign up for meetings about professions with one tap.

    Write /meetings to see the nearest meetings. The bot will say nothing else unasked.
group-none = No meetings are planned yet. Look again in a few days: /meetings
group-which = Which meeting shall I show?
group-private = This is better done in the private chat: here everybody would see the answer.
group-open-private = Open the private chat

# A meeting's card in a group
group-card-sign-up = Sign up
group-card-wait = Join the waiting list
group-card-more = More
group-card-closed = Sign-up for this meeting is closed.
group-ticket = Your ticket comes to the private chat.
group-full = No seats are left. Tap the button under the card: in the private chat you can join the waiting list.
group-not-admitted = This meeting does not take: { $category }. If you can come otherwise, as a parent for example, tap “More”.
group-old-button = This button is out of date. Write /meetings
group-card-fresh = The card of this meeting has just come to this chat. Look a little higher up.
group-gone = The bot is no longer in this chat. Add it again or choose another chat.
group-mute = The bot may not write in this chat. Ask an administrator of the chat to allow its messages.
group-topic = The topic where the bot writes is closed or deleted. Ask an administrator to open it, or send /meetings in another topic.
group-busy = This chat has too many messages right now. Try again in a minute.
group-untitled = Chat without a name

# A curator posts the card
manage-to-group = To a group chat
to-group-ask = { $some ->
    [yes]
        <b>Which chat shall get the card of the meeting?</b>
        These are the chats that both you and the bot are in.
   *[no]
        <b>There is no chat yet that both you and the bot are in</b>
        Add the bot to a class or parents’ chat, then come back here.
}
to-group-add = Add the bot to a chat
group-is-mute = may not write
to-group-sure = <b>Post to “{ $group }”?</b> People can sign up right there, and the number of seats stays up to date.
to-group-post = Post to the chat
to-group-done = The card is in the chat
forbidden-group = You can post a card to a chat that you are in. Join it or choose another one.

# The bot's name in any chat
inline-nothing = Nothing found. Open the bot
