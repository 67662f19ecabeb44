//! What a trustworthy client shows: each duty, and the tests that show it.
//!
//! A test's documentation begins with the numbers of the duties it shows. Here stand also the
//! tests elsewhere that show one; a test holds that every name leads to a test.
//!
//! | | duty | shown by |
//! | --- | --- | --- |
//! | 1 | messages glued, split anywhere or padded are the same messages | `ovsdb-client/src/rpc/framing.rs::any_objects_come_out_whole_under_any_split`, `ovsdb-client/src/rpc/framing.rs::messages_are_the_same_byte_by_byte` |
//! | 2 | a reply with an error only, or with one of any form, is an error | `ovsdb-client/src/rpc/envelope.rs::a_reply_holds_a_result_or_an_error` |
//! | 3 | what a server would close the connection for is refused here | `ovsdb-client/src/rpc/envelope.rs::messages_are_written_with_the_members_that_servers_take_and_no_other`, `ovsdb-client/src/value/wire/tests.rs::atoms_a_server_cannot_read_are_not_written`, `ovsdb-client/src/value/wire/tests.rs::integers_are_exact_and_refused_where_they_do_not_fit`, `tests/tests/duties/ordering.rs::what_cannot_be_sent_is_refused_here_and_the_connection_is_kept` |
//! | 4 | `monitor_cond_change` always has its `where`, monitors all their parameters | `ovsdb-client/src/session/tests/replicating.rs::changed_conditions_are_asked_for_one_after_the_other_and_resumed_when_acknowledged`, `ovsdb-client/src/session/tests/replicating.rs::a_monitor_falls_back_to_the_method_the_server_knows` |
//! | 5 | the server's echo is answered at once, whatever else goes on | `tests/tests/duties/living.rs::an_echo_is_answered_while_the_application_blocks`, `tests/tests/duties/living.rs::an_echo_behind_a_large_snapshot_is_answered_in_time`, `ovsdb-client/src/session/tests/replicating.rs::an_echo_is_answered_before_anything_else_that_waits_to_be_sent`, `tests/tests/regressions.rs::an_idle_connection_answers_the_servers_echo_and_lives` |
//! | 6 | a silent server is left for the next after two intervals | `tests/tests/duties/following.rs::a_silent_member_is_left_for_the_next`, `tests/tests/duties/living.rs::a_server_that_spoke_during_a_stall_is_not_taken_for_silent`, `ovsdb-client/src/session/tests/choosing.rs::a_silent_server_is_asked_after_one_interval_and_given_up_after_two` |
//! | 7 | waits grow to the most, and only a connection that lived resets them | `ovsdb-client/src/session/tests/choosing.rs::the_attempts_for_a_dead_server_come_after_growing_waits`, `ovsdb-client/src/session/backoff.rs::all_remotes_are_tried_before_the_first_wait`, `ovsdb-client/src/session/backoff.rs::a_connection_that_dies_at_once_does_not_reset_the_growth_and_a_long_one_does` |
//! | 8 | no wait after a forced reconnect, a wait after failing before rows came | `ovsdb-client/src/session/tests/choosing.rs::a_leader_that_steps_down_is_left_at_once_and_without_a_wait`, `ovsdb-client/src/session/tests/choosing.rs::a_server_that_will_not_do_is_left_for_the_next_one`, `ovsdb-client/src/session/backoff.rs::a_connection_given_up_for_a_good_reason_costs_no_wait`, `ovsdb-client/src/session/tests/recovering.rs::a_server_that_breaks_off_of_itself_is_asked_again_after_a_wait_though_it_served` |
//! | 9 | a client reads its own writes | `tests/tests/client.rs::a_client_reads_its_own_writes`, `tests/tests/duties/ordering.rs::a_client_reads_its_own_writes_at_the_leader_and_at_a_follower`, `tests/tests/duties/ordering.rs::a_client_reads_its_own_writes_while_rows_come_anew`, `tests/tests/duties/ordering.rs::a_wider_interest_resolves_when_its_rows_are_here`, `ovsdb-client/src/session/tests/recovering.rs::a_reply_that_comes_before_the_rows_do_anew_waits_for_them` |
//! | 10 | answers out of order go to their callers, those for nobody nowhere | `tests/tests/duties/ordering.rs::answers_out_of_order_reach_their_callers`, `ovsdb-client/src/session/tests/replicating.rs::replies_out_of_order_go_to_their_requests_and_unknown_ones_nowhere` |
//! | 11 | a write that was open when its connection went is in doubt | `tests/tests/client.rs::a_lost_connection_leaves_a_transaction_in_doubt_and_a_read_merely_lost`, `tests/tests/duties/following.rs::a_write_that_is_open_when_its_server_is_left_is_in_doubt` |
//! | 12 | a request that was cancelled is over, answered or not | `ovsdb-client/src/session/tests/locking.rs::a_cancelled_request_is_answered_by_what_the_server_said_before_the_echo`, `tests/tests/lock.rs::a_waiting_transaction_can_be_cancelled_whatever_the_server_says_of_it` |
//! | 13 | an error names the operation that failed, or the commit | `tests/tests/client.rs::all_ten_operations_are_carried_out_and_answered` |
//! | 14 | every format gives the same rows, and a difference applied gives the other side | `ovsdb-client/src/replica/tests.rs::both_formats_tell_the_same_history`, `ovsdb-client/src/value/packed.rs::a_difference_applied_to_one_side_gives_the_other`, `ovsdb-client/src/replica/tests.rs::a_modification_without_columns_changes_nothing` |
//! | 15 | folded updates are one net effect | `tests/tests/duties/ordering.rs::a_listener_that_blocks_is_told_the_net_effect_and_nobody_else_waits`, `ovsdb-client/src/changes/tests.rs::changes_that_cancel_each_other_out_are_no_batch` |
//! | 16 | rows that come whole replace the old and deletions are told; otherwise rows stay | `tests/tests/duties/resuming.rs::a_standalone_server_sends_all_rows_and_the_client_tells_what_differs`, `tests/tests/duties/resuming.rs::a_clustered_server_sends_what_was_missed_and_the_other_rows_stay` |
//! | 17 | after many transactions, a compaction or at another member the rows are the server's | `tests/tests/duties/resuming.rs::after_more_transactions_than_are_kept_all_rows_come`, `tests/tests/duties/resuming.rs::after_a_compaction_and_a_restart_the_rows_are_the_servers`, `tests/tests/duties/resuming.rs::another_member_goes_on_where_the_last_one_ended` |
//! | 18 | a change of conditions that is cut off loses no row | `tests/tests/duties/resuming.rs::a_change_of_conditions_cut_off_loses_no_row`, `tests/tests/duties/resuming.rs::acknowledged_conditions_are_resumed_with_the_last_id` |
//! | 19 | databases that are converted, go and come are read anew | `tests/tests/duties/converting.rs::a_converted_database_is_read_anew_on_the_same_connection`, `tests/tests/duties/converting.rs::a_converted_clustered_database_is_read_anew_on_the_same_connection`, `tests/tests/duties/converting.rs::a_database_that_goes_is_waited_for`, `ovsdb-client/src/changes/tests.rs::what_waits_when_the_schema_changes_is_told_in_the_new_one` |
//! | 20 | older methods give the same | `ovsdb-client/src/session/tests/replicating.rs::a_monitor_falls_back_to_the_method_the_server_knows`, `tests/tests/client.rs::every_monitor_method_gives_the_same_replica` |
//! | 21 | who wants the leader moves with it in one round, who does not stays | `tests/tests/duties/following.rs::a_client_of_the_leader_moves_with_it_in_one_round` |
//! | 22 | a member out of touch is left, one that joins is asked again | `tests/tests/duties/following.rs::a_member_out_of_touch_is_left_even_when_there_is_no_other`, `tests/tests/duties/following.rs::a_joining_member_is_asked_until_it_has_joined` |
//! | 23 | never back in time nor to another cluster, unless told | `tests/tests/duties/following.rs::a_cluster_restored_from_a_backup_is_behind_until_the_client_is_told`, `tests/tests/duties/following.rs::a_server_of_another_cluster_is_refused_until_the_client_is_told` |
//! | 24 | a write without a majority waits, and shows when it is carried out | `tests/tests/duties/following.rs::a_write_without_a_majority_waits_and_shows_when_it_is_carried_out` |
//! | 25 | no acknowledged write is lost while members go and come | `tests/tests/duties/torture.rs::nothing_is_lost_while_the_leader_of_three_is_killed`, `tests/tests/duties/torture.rs::nothing_is_lost_while_the_leader_of_three_is_replaced`, `tests/tests/duties/torture.rs::nothing_is_lost_while_a_follower_of_five_is_replaced`, `tests/tests/soak/main.rs::a_cluster_and_its_clients_agree_at_every_quiet_point` |
//! | 26 | at every crash point an acknowledged write is there | `tests/tests/duties/crashing.rs::a_write_to_the_leader_is_there_when_acknowledged_whoever_crashes`, `tests/tests/duties/crashing.rs::a_write_to_a_follower_is_there_when_acknowledged_whoever_crashes` |
//! | 27 | a lost lock stops what it guards, and is asked for again | `ovsdb-client/src/session/tests/locking.rs::a_lock_is_stolen_once_and_asked_for_on_the_next_connection`, `tests/tests/lock.rs::a_transaction_under_a_lock_is_carried_out_while_the_lock_is_held_only`, `tests/tests/lock.rs::a_lock_is_asked_for_again_after_a_reconnect` |
//! | 28 | what the server lacks reads as its default and is not asked for | `tests/tests/duties/reading.rs::a_server_of_another_version_is_read_as_far_as_both_know`, `ovsdb-client/src/schema/layout/tests.rs::what_a_server_lacks_or_holds_otherwise_is_listed` |
//! | 29 | references to rows that are not here are none | `tests/tests/duties/reading.rs::a_reference_to_a_row_that_is_not_here_is_none_until_the_row_comes` |
//! | 30 | an atom is a set of one, an integer a real | `ovsdb-client/src/value/wire/tests.rs::a_bare_atom_is_a_set_of_one_and_is_what_a_set_of_one_is_written_as`, `ovsdb-client/src/value/wire/tests.rs::a_real_column_takes_integers_and_keeps_every_digit` |
//! | 31 | a slow listener costs nobody else | `tests/tests/duties/ordering.rs::a_listener_that_blocks_is_told_the_net_effect_and_nobody_else_waits`, `tests/tests/regressions.rs::a_listener_that_sleeps_is_told_of_every_row_or_of_the_gap` |
//! | 32 | TLS is refused and ended well; IPv6; a server may call | `tests/tests/tls/refusing.rs::a_server_that_cannot_be_trusted_is_refused_and_the_error_says_why`, `tests/tests/tls/refusing.rs::a_host_that_never_answers_the_handshake_is_given_up`, `tests/tests/tls/ending.rs::the_end_of_a_client_is_clean_for_the_server`, `ovsdb-client/src/endpoint.rs::endpoints_read_as_the_manual_writes_them`, `tests/tests/passive.rs::a_second_server_that_calls_replaces_the_first` |
//! | 33 | damaged files are read as far as the server reads them | `tests/tests/dbfile/damaged.rs::a_log_cut_at_any_byte_is_read_up_to_its_last_whole_record`, `tests/tests/dbfile/damaged.rs::damage_in_the_middle_is_stopped_at_where_the_server_stops`, `tests/tests/dbfile/damaged.rs::a_damaged_cluster_log_is_read_as_its_server_reads_it` |
//! | 34 | no bytes make a decoder panic or grow without measure | `ovsdb-client/src/rpc/framing.rs::any_bytes_give_messages_or_an_error`, `ovsdb-client/src/rpc/framing.rs::nesting_is_allowed_up_to_the_servers_limit`, `ovsdb-client/src/value/wire/tests.rs::any_json_gives_a_value_or_an_error`, `ovsdb-client/tests/memory.rs::what_is_held_is_in_proportion_to_the_input` |

mod start;

mod table;

mod living;

mod ordering;

mod reading;

mod following;

mod resuming;

mod converting;

mod torture;

mod crashing;
