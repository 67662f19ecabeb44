my $n=0;
for my $d(@ARGV){if(opendir my $h,$d){while(defined(my $e=readdir $h)){next if $e!~/\.ctl$/;my @s=stat "$d/$e";syswrite STDOUT,sprintf("%d %d %s\n",$n,$s[9]*1000,$e) if @s}}$n++}
syswrite STDOUT,"listing-ends\n";
